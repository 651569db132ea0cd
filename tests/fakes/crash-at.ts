/** Thrown where a test lets a process die. */
export class Crash extends Error {}

/** Counts the calls of several objects together, and dies before or after one of them. */
export class CrashPlan {
  calls = 0;
  readonly at: number;
  readonly when: 'before' | 'after';

  constructor(at: number, when: 'before' | 'after') {
    this.at = at;
    this.when = when;
  }

  /** The same object, every method of which counts, and one of whose calls dies. */
  guard<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (object, name) => {
        const member = Reflect.get(object, name);
        return typeof member === 'function' ? (...inputs: unknown[]) => this.#call(() => member.apply(object, inputs)) : member;
      },
    });
  }

  async #call(run: () => unknown): Promise<unknown> {
    this.calls += 1;
    const dies = this.calls === this.at;
    if (dies && this.when === 'before') throw new Crash(`before call ${this.at}`);
    const answer = await run();
    if (dies) throw new Crash(`after call ${this.at}`);
    return answer;
  }
}
