import { GateVerdict } from '../../pipelines/core/schema/gate-verdict.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';

const PREFIX = 'sha256:';

/** The verdicts that refused a retraining for an incident with an issue; those that cannot be read are left out. */
export async function readVerdicts(
  state: ModelState,
  read: (name: string) => Promise<string | null>,
): Promise<ReadonlyMap<string, GateVerdict>> {
  const verdicts = new Map<string, GateVerdict>();
  for (const digest of wantedDigests(state)) {
    const text = await read(digest.slice(PREFIX.length));
    const parsed = text === null ? null : GateVerdict.safeParse(jsonOf(text));
    if (parsed?.success === true && parsed.data.evidenceDigest === digest) verdicts.set(digest, parsed.data);
  }
  return verdicts;
}

// Of incidents that are over too: a relapse in this run writes their issue again. What a kept verdict says never changes, so it is fetched once.
function wantedDigests({ incidents, decisions, proposals, issues }: ModelState): string[] {
  const ids = new Set(incidents.filter(({ id }) => issues[id] !== undefined).map(({ id }) => id));
  const asked = decisions.flatMap((decision) =>
    decision.kind === 'request-retraining' && decision.incidents.some((id) => ids.has(id)) ? [decision.spec.version] : [],
  );
  return proposals.flatMap(({ version, outcome, evidence }) =>
    outcome === 'refused' && evidence !== null && asked.includes(version) ? [evidence] : [],
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
