import { UserError } from '../../core/errors/user-error.ts';

/** A form that the head of a text file betrays, and what to do about it. */
const FOREIGN: readonly { readonly of: (head: string, format: 'csv' | 'jsonl') => boolean; readonly is: string; readonly hint: string }[] =
  [
    {
      of: (head, format) => format === 'csv' && head.trim() === '',
      is: 'empty: not even a header is there',
      hint: 'Write a first line with the names of the columns, or remove the file.',
    },
    {
      of: (head) => head.startsWith('PAR1'),
      is: 'a Parquet file',
      hint: 'Write format: parquet in model.yml, or correct the path.',
    },
    {
      of: (head) => head.slice(0, 1000).includes('\0'),
      is: 'no UTF-8 text; it may be UTF-16, as spreadsheets write it, or binary',
      hint: 'Save it as UTF-8, or correct the path or the format in model.yml.',
    },
    {
      of: (head, format) => format === 'jsonl' && head.trimStart().startsWith('['),
      is: 'one JSON array, not JSON Lines',
      hint: "Write one object a line, e.g. with jq -c '.[]'.",
    },
  ];

/** Throws a UserError (LOG_FILE_UNREADABLE) for a file that is something else than the text that model.yml says, by its head. */
export function requireText(path: string, head: string, format: 'csv' | 'jsonl'): void {
  const found = FOREIGN.find(({ of }) => of(head, format));
  if (found === undefined) return;
  throw new UserError({ code: 'LOG_FILE_UNREADABLE', message: `${path} is ${found.is}.`, hint: found.hint });
}
