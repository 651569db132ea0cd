import { z } from 'zod';
import { Deployment } from '../../core/schema/deployment.ts';
import { ModelDefinition } from '../../core/schema/model-definition.ts';

/** The JSON Schema (draft 2020-12) of what people write, as text with a newline at the end. pipelines/schema/ holds it for editors. */
export function editorSchema(kind: 'model' | 'deployment'): string {
  const schema = z.toJSONSchema(kind === 'model' ? ModelDefinition : Deployment, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
