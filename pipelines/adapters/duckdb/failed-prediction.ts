import { quoteText } from './quote.ts';

/** What logs write where nothing failed: a flag that says no, or a word for no error. */
const NO_FAILURE = ['', '0', '0.0', 'false', 'f', 'no', 'n', 'none', 'null', 'ok'];

/** 1 where `logs.columns.error` tells of a failure, else 0, in SQL. */
export const FAILED_PREDICTION = `coalesce(lower(trim(error)) NOT IN (${NO_FAILURE.map(quoteText).join(', ')}), false)::INTEGER`;
