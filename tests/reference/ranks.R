# Reference values of tests/test_ranks.py: base R 4.2.2, by comparing every pair of states.
# Run in this folder: Rscript ranks.R. It reads ranks_travel_time.csv: mean travel time to work in minutes and its margin
# of error at 90 %, by state, American Community Survey 2011 (US Census Bureau; the data of Klein, Wright and Wieczorek
# 2020, figure 1), and adds the set of ranks of each state, 1 for the longest time, to ranks_expected.csv.
time <- read.csv("ranks_travel_time.csv")
se <- time$moe / qnorm(0.95)
states <- nrow(time)
z <- c(independent = qnorm(1 - (1 - 0.9^(1 / states)) / 2), bonferroni = qnorm(1 - 0.1 / (2 * states)))
found <- data.frame(state = time$state)
for (name in names(z)) {
  low <- time$estimate - z[[name]] * se
  high <- time$estimate + z[[name]] * se
  for (k in seq_len(states)) {
    found[k, paste0(name, "_lower")] <- 1 + sum(low[-k] >= high[k])
    found[k, paste0(name, "_upper")] <- states - sum(high[-k] <= low[k])
  }
}
write.csv(found, "ranks_expected.csv", row.names = FALSE, quote = FALSE)
print(z)
