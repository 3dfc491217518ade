"""What the browser runs for the map that an area is drawn on: its elements, its style and its script."""

HTML = """
<div class="area">
  <div class="tools">
    <button data-does="close"></button><button data-does="undo"></button><button data-does="clear"></button>
    <span class="gap"></span>
    <button data-does="nearer">+</button><button data-does="farther">−</button><button data-does="fit"></button>
  </div>
  <div class="sheet"><canvas tabindex="0" role="img"></canvas><span class="badge" hidden></span></div>
  <output aria-live="polite"></output>
</div>
"""

CSS = """
.area { display: flex; flex-direction: column; gap: 0.4rem; color: var(--st-text-color); font-family: var(--st-font);
  font-size: 0.86rem; }
.tools { display: flex; flex-wrap: wrap; gap: 0.35rem; }
.tools .gap { flex: 1; }
.tools button { font: inherit; color: inherit; background: var(--st-secondary-background-color); cursor: pointer;
  border: 1px solid color-mix(in srgb, currentColor 35%, transparent); border-radius: 4px; padding: 0.25rem 0.7rem;
  min-width: 2.1rem; min-height: 2.1rem; }
.tools button:disabled { opacity: 0.45; cursor: default; }
.tools button:focus-visible, canvas:focus-visible { outline: 3px solid #2a93b8; outline-offset: -2px; }
.sheet { position: relative; }
canvas { display: block; width: 100%; cursor: crosshair; touch-action: none; border-radius: 4px;
  background: color-mix(in srgb, #2a93b8 14%, var(--st-background-color)); }
.badge { position: absolute; top: 0.6rem; left: 0.6rem; pointer-events: none; background: #7a3b00; color: #fff;
  border-radius: 4px; padding: 0.18rem 0.6rem; font-size: 0.78rem; letter-spacing: 0.09em; }
.badge[hidden] { display: none; }
output { min-height: 1.3rem; line-height: 1.3rem; }
"""

SCRIPT = """
const NEAR = 10, STEP = 60;

function start(root) {
  const canvas = root.querySelector("canvas"), pen = canvas.getContext("2d"), say = root.querySelector("output");
  const button = Object.fromEntries([...root.querySelectorAll("button")].map((one) => [one.dataset.does, one]));
  let data = {}, send = () => {}, stamp = null, address = null, fitted = "", height = 0;
  let features = [], land = null, inside = null, lines = null, body = null, rings = [], shown = [], open = [];
  let scale = 1, east = 0, north = 0, squeeze = 1, origin = [0, 0], by_keys = false, over = "";
  const pointers = new Map();
  let moved = 0;

  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const width = () => canvas.clientWidth || 1;
  // The world's unit is a degree of latitude, from an origin in the map's middle: small numbers keep their digits.
  const world = ([lon, lat]) => [(lon - origin[0]) * squeeze, origin[1] - lat];
  const degrees = ([x, y]) => [x / squeeze + origin[0], origin[1] - y];
  const screen = ([x, y]) => [(x - east) * scale + width() / 2, (y - north) * scale + height / 2];
  const under = ([x, y]) => [(x - width() / 2) / scale + east, (y - height / 2) / scale + north];

  function trace(path, ring) {
    ring.forEach((point, at) => { const [x, y] = world(point); at ? path.lineTo(x, y) : path.moveTo(x, y); });
    path.closePath();
  }
  function path_of(polygons) {
    const path = new Path2D();
    for (const polygon of polygons) for (const ring of polygon) trace(path, ring);
    return path;
  }
  const polygons_of = (shape) => shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  function collect(found) {
    features = found.map(({ properties, geometry }) => {
      const polygons = polygons_of(geometry), box = [Infinity, Infinity, -Infinity, -Infinity];
      for (const [ring] of polygons) for (const point of ring) {
        const [x, y] = world(point);
        box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
      }
      return { kode: properties.kode, name: properties.name, path: path_of(polygons), box };
    });
    land = join(features);
    mark();
  }
  function join(some) {
    const path = new Path2D();
    for (const one of some) path.addPath(one.path);
    return path;
  }
  function mark() {
    const chosen = new Set(data.inside);
    inside = join(features.filter((one) => chosen.has(one.kode)));
  }

  function fit(box) {
    const [west, south] = world([box[0], box[1]]), [right, top] = world([box[2], box[3]]);
    east = (west + right) / 2; north = (south + top) / 2;
    scale = 0.92 * Math.min(width() / Math.max(right - west, 1e-4), height / Math.max(south - top, 1e-4));
    draw();
  }
  function zoom(factor, at = [width() / 2, height / 2]) {
    const before = under(at);
    scale = Math.min(Math.max(scale * factor, 3), 4e5);
    const after = under(at);
    east += before[0] - after[0]; north += before[1] - after[1];
    draw();
  }
  function pan(across, down) { east -= across / scale; north -= down / scale; draw(); }

  function draw() {
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width() * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width() * ratio); canvas.height = Math.round(height * ratio);
    }
    const text = colour("--st-text-color") || "#1c2b33", ground = colour("--st-background-color") || "#fff";
    const accent = colour("--st-primary-color") || "#0b5d7a";
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    const each = scale * ratio, middle = [(width() / 2) * ratio, (height / 2) * ratio];
    pen.setTransform(each, 0, 0, each, middle[0] - east * each, middle[1] - north * each);
    const stroke = (path, style, pixels, alpha = 1) => {
      Object.assign(pen, { globalAlpha: alpha, strokeStyle: style, lineWidth: pixels / scale });
      pen.stroke(path); pen.globalAlpha = 1;
    };
    const fill = (path, style, alpha) => {
      Object.assign(pen, { globalAlpha: alpha, fillStyle: style });
      pen.fill(path, "evenodd"); pen.globalAlpha = 1;
    };
    if (body) {
      // Forest and lakes are no desa, and no sea either.
      fill(body, ground, 1);
      fill(body, text, 0.16);
    }
    if (land) {
      fill(land, ground, 1);
      fill(land, text, 0.05);
      if (inside) fill(inside, "#d97706", 0.75);
      stroke(land, text, features.length > 900 ? 0.5 : 0.8, 0.35);
    }
    if (lines) stroke(lines, text, 1.3, 0.7);
    for (const group of [shown, rings]) {
      if (!group.length) continue;
      const path = path_of([group]);
      fill(path, accent, 0.22);
      stroke(path, accent, 2.4);
    }
    if (open.length) {
      const path = new Path2D();
      open.forEach((point, at) => { const [x, y] = world(point); at ? path.lineTo(x, y) : path.moveTo(x, y); });
      stroke(path, accent, 2.4);
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      open.forEach((point, at) => {
        const [x, y] = screen(world(point));
        pen.beginPath(); pen.arc(x, y, at ? 3.5 : 6, 0, 7); pen.fillStyle = accent; pen.fill();
        pen.strokeStyle = ground; pen.lineWidth = 1.5; pen.stroke();
      });
    }
    if (by_keys && document.activeElement && canvas.matches(":focus")) {
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.beginPath();
      pen.moveTo(width() / 2 - 14, height / 2); pen.lineTo(width() / 2 + 14, height / 2);
      pen.moveTo(width() / 2, height / 2 - 14); pen.lineTo(width() / 2, height / 2 + 14);
      pen.strokeStyle = text; pen.lineWidth = 2; pen.stroke();
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    write_names(text, ground);
    button.close.disabled = open.length < 3;
    button.undo.disabled = !open.length && !rings.length;
    button.clear.disabled = !open.length && !rings.length && !shown.length;
  }

  function write_names(text, ground) {
    const taken = [];
    Object.assign(pen, { font: `600 12px ${colour("--st-font") || "sans-serif"}`, textAlign: "center", lineWidth: 3.5,
                         textBaseline: "middle", lineJoin: "round", strokeStyle: ground, fillStyle: text });
    for (const [name, lon, lat] of data.names) {
      const [x, y] = screen(world([lon, lat])), half = pen.measureText(name).width / 2 + 3;
      if (x < 0 || y < 0 || x > width() || y > height) continue;
      // A name that would lie over another waits until the reader is nearer.
      if (taken.some((box) => Math.abs(box[0] - x) < box[2] + half && Math.abs(box[1] - y) < 16)) continue;
      taken.push([x, y, half]);
      pen.strokeText(name, x, y); pen.fillText(name, x, y);
    }
  }

  function tell() {
    const words = data.words;
    if (open.length) say.textContent = words.points.replace("{points}", open.length) + (over ? ` · ${over}` : "");
    else say.textContent = over || words.hint;
  }
  function place_under(at) {
    const [x, y] = under(at);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    const found = features.find((one) => one.box[0] <= x && x <= one.box[2] && one.box[1] <= y && y <= one.box[3]
      && pen.isPointInPath(one.path, x, y, "evenodd"));
    over = found ? `${found.name} (${found.kode})` : "";
  }
  function emit() { send({ rings, at: Date.now() }); }
  function close_ring() {
    if (open.length < 3) return;
    rings = [...rings, open]; open = []; shown = [];
    draw(); tell(); emit();
  }
  function undo() {
    if (open.length) open = open.slice(0, -1);
    else if (rings.length) { rings = rings.slice(0, -1); emit(); }
    draw(); tell();
  }
  function clear() {
    const had = rings.length || shown.length;
    open = []; rings = []; shown = [];
    draw(); tell();
    if (had) emit();
  }
  function add(at) {
    const far = (point) => { const [x, y] = screen(world(point)); return Math.hypot(x - at[0], y - at[1]) > NEAR; };
    const is_again = open.length && (!far(open[0]) || !far(open[open.length - 1]));
    // The second click of a double click lies on the first, as does a click on the ring's beginning: both close it.
    if (is_again) return close_ring();
    open = [...open, degrees(under(at)).map((part) => Math.round(part * 1e5) / 1e5)];
    place_under(at); draw(); tell();
  }

  function position(event) {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
  canvas.addEventListener("pointerdown", (event) => {
    by_keys = false; canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, position(event)); moved = pointers.size > 1 ? 99 : 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = position(event), before = pointers.get(event.pointerId);
    if (!before) { place_under(now); tell(); return; }
    const [across, down] = [now[0] - before[0], now[1] - before[1]];
    if (pointers.size === 1) {
      moved += Math.abs(across) + Math.abs(down);
      if (moved > 5) pan(across, down);
    } else {
      const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
      const apart = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]) || 1;
      zoom(apart(now) / apart(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
    }
    pointers.set(event.pointerId, now);
  });
  const lift = (event) => {
    const was = pointers.delete(event.pointerId);
    if (was && event.type === "pointerup" && event.button === 0 && moved <= 5) add(position(event));
    if (pointers.size) moved = 99;
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => { over = ""; tell(); });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault(); zoom(Math.exp(-event.deltaY / 400), position(event));
  }, { passive: false });
  canvas.addEventListener("blur", draw);
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key];
    const does = {
      "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), Enter: close_ring, Backspace: undo,
      " ": () => add([width() / 2, height / 2]), Escape: () => { open = []; draw(); tell(); },
    }[event.key];
    if (!step && !does) return;
    event.preventDefault(); event.stopPropagation();
    by_keys = true;
    if (step) { pan(...step); place_under([width() / 2, height / 2]); tell(); } else { does(); draw(); }
  });
  button.close.onclick = close_ring; button.undo.onclick = undo; button.clear.onclick = clear;
  button.nearer.onclick = () => zoom(1.5); button.farther.onclick = () => zoom(1 / 1.5);
  button.fit.onclick = () => fit(data.box);
  new ResizeObserver(() => draw()).observe(canvas);
  // The theme may change under a map that stands still.
  new MutationObserver(() => draw()).observe(document.body, { attributes: true, attributeFilter: ["class", "style"] });

  async function read(where) {
    const answer = await fetch(where);
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.json()).features;
  }
  async function load() {
    const wanted = address = data.address;
    try {
      const [desa, edges] = await Promise.all([read(data.address), read(data.outline)]);
      if (address !== wanted) return;
      collect(desa);
      const outlines = edges.map((one) => ({ path: path_of(polygons_of(one.geometry)) }));
      lines = join(outlines);
      body = join(data.is_framed ? outlines.slice(0, 1) : outlines);
      root.dataset.features = features.length;
      draw();
    } catch { address = null; say.textContent = data.words.missing; }
  }

  return {
    update(given, sender) {
      data = given; send = sender; height = data.height;
      canvas.style.height = `${height}px`;
      canvas.setAttribute("aria-label", data.words.label);
      Object.assign(root.querySelector(".badge"), { textContent: data.badge, hidden: !data.badge });
      for (const name of ["close", "undo", "clear", "fit"]) button[name].textContent = data.words[name];
      for (const name of ["nearer", "farther"]) button[name].setAttribute("aria-label", data.words[name]);
      const middle = (data.box[1] + data.box[3]) / 2;
      if (fitted !== data.box.join()) {
        origin = [(data.box[0] + data.box[2]) / 2, middle]; squeeze = Math.cos(middle * Math.PI / 180);
        fitted = data.box.join(); features = []; land = inside = lines = body = null; address = null;
        fit(data.box);
      }
      if (stamp !== data.stamp) {
        stamp = data.stamp; rings = data.rings; shown = data.shown;
        if (!data.rings.length) open = [];
        if (data.focus) fit(data.focus);
      }
      if (address !== data.address) load(); else mark();
      draw(); tell();
    },
  };
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".area");
  root.petadesil ??= start(root);
  root.petadesil.update(data, (value) => setStateValue("drawn", value));
}
"""
