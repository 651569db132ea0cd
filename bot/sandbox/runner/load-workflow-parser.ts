import { registerHooks } from 'node:module';

type WorkflowParser = typeof import('@actions/workflow-parser');

/**
 * GitHub's own workflow parser. It imports JSON without the import attribute that Node asks for, so a resolve hook adds the
 * attribute while the package loads, and is taken away again.
 */
export async function loadWorkflowParser(): Promise<WorkflowParser> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const schema = resolved.url.includes('/@actions/workflow-parser/') && resolved.url.endsWith('.json');
      return schema ? { ...resolved, importAttributes: { type: 'json' } } : resolved;
    },
  });
  try {
    return await import('@actions/workflow-parser');
  } finally {
    hooks.deregister();
  }
}
