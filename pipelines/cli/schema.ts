import type { Command } from './command.ts';

/** `holdfast schema`: the JSON Schema of model.yml or deployment.yml, for editors. */
export const schemaCommand: Command = {
  name: 'schema',
  summary: 'Print the JSON Schema of model.yml (or, with "deployment", of deployment.yml)',
  usage: '[model | deployment]',
  options: {},
  async run(context) {
    const { editorSchema } = await import('../adapters/files/editor-schema.ts');
    context.print(editorSchema(context.positionals[0] === 'deployment' ? 'deployment' : 'model').trimEnd());
    return 0;
  },
};
