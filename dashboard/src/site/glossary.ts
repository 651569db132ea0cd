import { z } from 'zod';
import { ModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';

export interface GlossaryEntry {
  readonly path: string;
  readonly description: string;
}

interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** Every described setting of a model definition, from the schema itself. */
export function glossary(): GlossaryEntry[] {
  const schema = z.toJSONSchema(ModelDefinition, { io: 'input' }) as SchemaNode;
  return entriesOf(schema, '', schema.$defs ?? {});
}

function entriesOf(node: SchemaNode, path: string, definitions: Readonly<Record<string, SchemaNode>>): GlossaryEntry[] {
  const target = node.$ref === undefined ? node : (definitions[node.$ref.slice('#/$defs/'.length)] ?? node);
  const description = node.description ?? target.description;
  const own = description === undefined || path === '' ? [] : [{ path, description }];
  const items = target.items === undefined ? [] : entriesOf(target.items, `${path}[]`, definitions);
  const members = Object.entries(target.properties ?? {}).flatMap(([name, member]) =>
    entriesOf(member, path === '' ? name : `${path}.${name}`, definitions),
  );
  return [...own, ...items, ...members];
}
