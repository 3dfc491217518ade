"""What Streamlit lacks for a keyboard and a screen reader: the reader's language, and a list that waits for Enter.

The grid beside the map takes a cell as chosen as soon as the focus or an arrow reaches it, and a chosen cell opens its
wilayah: whoever has no mouse would be sent away by the Tab key. Here arrows only mark a row, and Enter clicks it.
"""

import streamlit as st

from dashboard.words import Words

SCRIPT = """
const CANVAS = '.st-key-list [data-testid="data-grid-canvas"]';
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -1e6, End: 1e6 };

function frame(heights) {
  let at = -1;
  const mark = document.createElement("div");
  mark.className = "row-mark";
  mark.setAttribute("role", "status");
  document.body.append(mark);
  const hide = () => { at = -1; mark.style.display = "none"; mark.textContent = ""; };

  function place(canvas) {
    const scroller = canvas.closest('[data-testid="stDataFrame"]').querySelector(".dvn-scroller");
    const box = canvas.getBoundingClientRect(), room = box.height - heights.row;
    const above = at * heights.row;
    if (above < scroller.scrollTop) scroller.scrollTop = above;
    if (above + heights.row > scroller.scrollTop + room) scroller.scrollTop = above + heights.row - room;
    const top = box.top + heights.row + above - scroller.scrollTop;
    Object.assign(mark.style, { display: "block", left: `${box.left}px`, top: `${top}px`, width: `${box.width}px`,
                                height: `${heights.row}px` });
    return { x: box.left + 24, y: top + heights.row / 2 };
  }

  function pressed(event) {
    const canvas = event.target.closest?.(CANVAS);
    if (!canvas) return;
    if (event.key === "Tab") { event.stopImmediatePropagation(); hide(); return; }
    const isChoice = event.key === "Enter" || event.key === " ";
    if (!isChoice && !(event.key in STEPS)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const table = canvas.querySelector('[role="grid"]');
    const last = Number(table.getAttribute("aria-rowcount")) - 2;
    if (!isChoice) {
      at = Math.max(0, Math.min(last, at + STEPS[event.key]));
      place(canvas);
      // The grid tells a screen reader of the rows in view, once it has drawn them.
      setTimeout(() => {
        const row = table.querySelector(`[role="row"][aria-rowindex="${at + 2}"]`);
        mark.textContent = row ? [...row.children].map((cell) => cell.textContent).join(", ") : "";
      }, 120);
    } else if (at >= 0) {
      const { x, y } = place(canvas);
      const at_row = { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 0, pointerId: 1, view: window };
      for (const name of ["mousemove", "pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
        const Kind = name.startsWith("pointer") ? PointerEvent : MouseEvent;
        canvas.dispatchEvent(new Kind(name, { ...at_row, buttons: name.endsWith("down") ? 1 : 0 }));
      }
      hide();
    }
  }
  // The grid chooses its first cell when the focus arrives; a mouse brings its own choice.
  let by_keyboard = false;
  document.addEventListener("keydown", () => { by_keyboard = true; }, true);
  document.addEventListener("pointerdown", () => { by_keyboard = false; }, true);
  for (const name of ["focus", "focusin"]) {
    document.addEventListener(name, (event) => {
      if (by_keyboard && event.target.closest?.(CANVAS)) event.stopImmediatePropagation();
    }, true);
  }
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("focusout", (event) => { if (event.target.closest?.(CANVAS)) hide(); });
}

export default function ({ data }) {
  document.documentElement.lang = data.language;
  const skip = document.querySelector('[data-testid="stSkipToContent"]');
  if (skip && skip.textContent !== data.skip) skip.textContent = data.skip;
  if (!window.petadesilFrame) {
    window.petadesilFrame = true;
    frame(data);
  }
}
"""

_frame = st.components.v2.component("petadesil_page_frame", js=SCRIPT)


def draw(words: Words, row_height: int) -> None:
    """Tell the browser the reader's language, and put the keyboard's way through the list in place.

    `row_height`: pixels of a row of the list and of its head.
    """
    with st.container(key="page_frame"):
        _frame(key="frame", data={"language": words.language, "skip": words("page.skip"), "row": row_height})
