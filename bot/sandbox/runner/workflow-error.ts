/** A workflow, an action or a trigger that this runner cannot or must not execute. The message is shown on the run page. */
export class WorkflowError extends Error {
  constructor(message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.name = 'WorkflowError';
  }
}
