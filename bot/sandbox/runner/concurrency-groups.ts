/** Lets one run of a group run at a time, one wait, and cancels the rest: GitHub's rule for `concurrency:`. */
export interface ConcurrencyGroups {
  /**
   * Waits for the group. Resolves to how to leave it again, or to null when a later run took the place in the queue or `signal`
   * was aborted meanwhile. `cancel` is called when a later run with `cancelInProgress` wants the group.
   */
  enter(claim: Claim): Promise<(() => void) | null>;
}

export interface Claim {
  readonly group: string;
  readonly cancelInProgress: boolean;
  readonly cancel: () => void;
  readonly signal: AbortSignal;
}

interface Group {
  readonly running: Claim;
  readonly waiting: { readonly claim: Claim; readonly resolve: (leave: (() => void) | null) => void } | null;
}

/** The groups of one repository; names are compared without regard to case. */
export function openConcurrencyGroups(): ConcurrencyGroups {
  const groups = new Map<string, Group>();

  function leave(name: string): void {
    const next = groups.get(name)?.waiting ?? null;
    if (next === null || next.claim.signal.aborted) {
      groups.delete(name);
      next?.resolve(null);
      return;
    }
    groups.set(name, { running: next.claim, waiting: null });
    next.resolve(() => leave(name));
  }

  return {
    enter(claim) {
      const name = claim.group.toLowerCase();
      const group = groups.get(name);
      if (group === undefined) {
        groups.set(name, { running: claim, waiting: null });
        return Promise.resolve(() => leave(name));
      }
      group.waiting?.resolve(null);
      if (claim.cancelInProgress) group.running.cancel();
      return new Promise((resolve) => groups.set(name, { running: group.running, waiting: { claim, resolve } }));
    },
  };
}
