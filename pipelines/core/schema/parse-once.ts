/**
 * How a document is parsed that a process reads once, such as a definition or a state: zod otherwise writes and compiles a function for each object of the
 * schema, which pays only from some thousand objects on.
 */
export const PARSE_ONCE = { jitless: true } as const;
