import { cellEdge } from '../../profile/numeric-profile.ts';
import type { ModelDefinition } from '../../schema/model-definition.ts';
import type { ReferenceProfile } from '../../schema/reference-profile.ts';
import type { ColumnTerms } from './compared-table.ts';
import type { FrozenClasses } from './frozen-classes.ts';

const KINDS = { calendar: 'a calendar column', identifier: 'an identifier', sequence: 'a column that moves on with time' } as const;

/**
 * What a definition and a reference say of the columns of a comparison: the classes that were frozen with the champion, what is left out (calendar columns, what was
 * recognised when the reference was made, personal categories, whose values have no names), and what may be named.
 */
export function modelTerms(definition: ModelDefinition, reference: ReferenceProfile | null): (name: string) => ColumnTerms {
  return (name) => {
    const column = definition.columns.find((each) => each.name === name);
    const isPersonal = column?.sensitivity === 'personal';
    const frozen = frozenClasses(name, reference);
    return {
      leftOut: leftOut(name, column, reference),
      ...(frozen === null ? {} : { frozen }),
      isPersonal,
      fewestRows: definition.privacy.minimumCount,
    };
  };
}

function leftOut(name: string, column: ModelDefinition['columns'][number] | undefined, reference: ReferenceProfile | null): string | null {
  if (column?.calendar === true) return 'a calendar column, by its definition';
  if (column?.kind === 'categorical' && column.sensitivity === 'personal') return 'personal: its values are counted without their names';
  const recognised = reference?.recognised?.[name];
  return recognised === undefined ? null : `${KINDS[recognised.as]}: ${recognised.why.replace(/\.$/, '')}`;
}

function frozenClasses(name: string, reference: ReferenceProfile | null): FrozenClasses | null {
  const [binning, grid] = [reference?.binnings[name], reference?.grids[name]];
  if (binning === undefined) return null;
  if (binning.kind === 'categorical') return { kind: 'values', own: binning.categories, known: new Set(binning.known), ordered: false };
  // An edge is the last cell of its class, so the class ends where the next cell begins.
  return grid === undefined ? null : { kind: 'ranges', cuts: binning.edges.map((edge) => cellEdge(edge + 1, grid)) };
}
