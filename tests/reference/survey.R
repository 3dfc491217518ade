# Reference values of tests/test_survey.py and tests/test_proportions.py: R 4.2.2, survey 4.1-1.
# Run in this folder: Rscript survey.R. It reads survey_small.csv (a made-up sample) and the package's own api data,
# and writes survey_api.csv (the columns that are used) and survey_expected.csv.
suppressPackageStartupMessages(library(survey))
options(digits = 15)
data(api)

keep <- function(sample, data, fpc1, fpc2) {
  data.frame(sample = sample, dnum = data$dnum, snum = data$snum, stype = as.character(data$stype), weight = data$pw,
             fpc1 = fpc1, fpc2 = fpc2, api00 = data$api00, api_stu = data$api.stu, enroll = data$enroll,
             is_met = as.integer(data$sch.wide == "Yes"))
}
write.csv(rbind(keep("clus1", apiclus1, apiclus1$fpc, NA), keep("clus2", apiclus2, apiclus2$fpc1, apiclus2$fpc2),
                keep("strat", apistrat, apistrat$fpc, NA)),
          "survey_api.csv", row.names = FALSE, na = "")

found <- NULL
note <- function(case, domain, design, numerator, denominator, is_rate) {
  ratio <- svyratio(numerator, denominator, design)
  row <- data.frame(case = case, domain = domain, estimate = coef(ratio)[[1]], se = SE(ratio)[[1]],
                    sample_count = nrow(design), df = degf(design), deff = NA, lower = NA, upper = NA)
  if (is_rate && row$se > 0) {
    mean <- svymean(numerator, design, deff = "replace")
    row$deff <- deff(mean)[[1]]
    if (row$df > 0) row[c("lower", "upper")] <- attr(svyciprop(numerator, design, method = "beta"), "ci")
  }
  found <<- rbind(found, row)
}

clus1 <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc)
clus1_without <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1)
clus2 <- svydesign(id = ~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = apiclus2)
strat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat)
for (case in c("clus1", "clus1_without", "clus2", "strat")) {
  design <- update(get(case), is_met = as.numeric(sch.wide == "Yes"), one = 1)
  note(paste0(case, "_api00"), "all", design, ~api00, ~one, FALSE)
  if (case != "clus2") note(paste0(case, "_stu"), "all", design, ~api.stu, ~enroll, FALSE)
  note(paste0(case, "_met"), "all", design, ~is_met, ~one, TRUE)
  for (type in c("E", "H", "M")) {
    note(paste0(case, "_met"), type, subset(design, stype == type), ~is_met, ~one, TRUE)
  }
}

small <- transform(read.csv("survey_small.csv"), cluster = stratum * 10 + cluster, row = seq_along(stratum))
designs <- list(
  none = svydesign(id = ~cluster, strata = ~stratum, weights = ~weight, data = small),
  one = svydesign(id = ~cluster, strata = ~stratum, weights = ~weight, fpc = ~stratum_cluster_count, data = small),
  two = svydesign(id = ~cluster + row, strata = ~stratum, weights = ~weight, data = small,
                  fpc = ~stratum_cluster_count + cluster_household_count))
for (lonely in c("adjust", "certainty")) {
  options(survey.lonely.psu = lonely)
  for (fpc in names(designs)) {
    case <- paste("small", fpc, lonely, sep = "_")
    asked <- subset(designs[[fpc]], eligible == 1)
    note(case, "all", asked, ~missed, ~eligible, TRUE)
    for (d in 0:2) note(case, paste0("domain", d), subset(asked, domain == d), ~missed, ~eligible, TRUE)
    for (k in 0:2) note(case, paste0("kind", k), subset(asked, kind == k), ~missed, ~eligible, TRUE)
  }
}
write.csv(found, "survey_expected.csv", row.names = FALSE, na = "")
