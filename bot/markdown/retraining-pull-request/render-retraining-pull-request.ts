import { gateSection } from '../gate-report/gate-section.ts';
import { joinSections } from '../join-sections.ts';
import { noticeOf } from '../notice.ts';
import { UNTRUSTED_NOTE } from '../untrusted-note.ts';
import { contenders } from './contenders.ts';
import { retrainingControls } from './controls.ts';
import { costs } from './cost.ts';
import { fairness, slices } from './parts.ts';
import type { RetrainingTextFacts } from './retraining-text-facts.ts';
import { riskAndUndo } from './risk-and-undo.ts';
import { retrainingSummary } from './summary.ts';
import { whyRetrain } from './why.ts';

/** The body of a retraining pull request: is it better, on which rows, how sure, what could go wrong, how to undo. */
export function renderRetrainingPullRequest(facts: RetrainingTextFacts): string {
  return joinSections([
    noticeOf(facts.definition),
    retrainingSummary(facts),
    contenders(facts),
    facts.verdict === null ? '' : gateSection(facts.verdict),
    slices(facts),
    fairness(facts),
    whyRetrain(facts),
    costs(facts),
    riskAndUndo(facts),
    retrainingControls(facts),
    UNTRUSTED_NOTE,
  ]);
}
