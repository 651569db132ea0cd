/** What lies under models/ of one checkout, by path from its root: the digest of each file, or `link` for what is no plain file. */
export type ModelFiles = Readonly<Record<string, string>>;
