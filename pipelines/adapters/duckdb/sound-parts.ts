import type { TimeRange } from './batch.ts';
import type { LogFile } from './log-file.ts';

/** Rows that are asked about: those of some files, as far as they lie in a range. */
export interface Part {
  readonly files: readonly LogFile[];
  readonly range: TimeRange;
}

/** What is known of parts of a log: ids that are there and differ in many rows are there and differ in some of them. */
export interface SoundParts {
  /** Whether a part that was found sound, or is found so by a question that is still open, holds all rows of this one. */
  covers(part: Part): Promise<boolean>;
  /** Remembers a question about a part, and gives its answer. A question that fails tells nothing about others. */
  ask(part: Part, question: () => Promise<boolean>): Promise<boolean>;
}

/** Remembers which parts of a log were found sound, so that what lies inside one of them is not looked at again. */
export function openSoundParts(): SoundParts {
  const asked: { readonly range: TimeRange; readonly keys: ReadonlySet<string>; readonly answer: Promise<boolean> }[] = [];
  return {
    async covers({ files, range }) {
      const first = Math.max(range.start, Math.min(...files.map((file) => file.first)));
      const last = Math.max(...files.map((file) => file.last));
      const around = asked.filter(
        ({ range: { start, end }, keys }) => start <= first && (end >= range.end || end > last) && files.every(({ key }) => keys.has(key)),
      );
      for (const { answer } of around) if (await answer) return true;
      return false;
    },
    ask({ files, range }, question) {
      const answer = question();
      asked.push({ range, keys: new Set(files.map(({ key }) => key)), answer: answer.catch(() => false) });
      return answer;
    },
  };
}
