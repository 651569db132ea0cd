/**
 * p value at or below which a change of a single counter (missing, unseen) counts as more than chance. Together with the tolerated change of
 * model.yml: neither alone raises an alarm.
 */
export const EVIDENCE_LEVEL = 0.01;
