import type { Incident } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { Signal } from '../schema/signal.ts';
import { percent } from '../signals/phrase-figures.ts';
import { statementTitle } from './incident-title.ts';

/** One of several statements that an incident gathers, by impact. */
export interface MemberView {
  readonly name: string;
  readonly since: Instant;
  readonly signal: Signal;
  /** Of the rise of the loss that drifted columns explain; '–': not known. */
  readonly shareOfDrop: string;
  readonly status: 'bad' | 'recovered';
}

/** The statements of an incident that gathers several, most important first; empty for an incident of one. */
export function memberViews({ members = [] }: Pick<Incident, 'members'>): MemberView[] {
  return members.map((member) => {
    const { firstWindow, latest, status } = member;
    const share = latest.impact?.shareOfDrop ?? null;
    return {
      name: statementTitle(member),
      since: firstWindow.start,
      signal: latest,
      shareOfDrop: share === null ? '–' : percent(share),
      status,
    };
  });
}
