// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub Actions look like this
import { describe, expect, it } from 'vitest';
import { type ExpressionScope, evaluateCondition, interpolate } from '../../../../bot/sandbox/runner/evaluate-expression.ts';

function scope(status: 'success' | 'failure' | 'cancelled' = 'success'): ExpressionScope {
  return {
    contexts: {
      inputs: { model: 'flight-delay', dry: false, count: 3, empty: '' },
      needs: { a: { result: 'success', outputs: { list: '["x","y"]' } }, b: { result: 'failure', outputs: {} } },
      github: { event: { pull_request: { number: 7 } }, ref: 'refs/heads/main' },
    },
    functions: {
      success: () => status === 'success',
      failure: () => status === 'failure',
      cancelled: () => status === 'cancelled',
      always: () => true,
    },
  };
}

describe('interpolate', () => {
  it.each([
    ['plain', 'plain'],
    ['a ${{ inputs.model }} b', 'a flight-delay b'],
    ['${{ inputs.count }}${{ inputs.dry }}', '3false'],
    ['${{ inputs.absent }}', ''],
    ['${{ inputs.empty || github.event.pull_request.number }}', '7'],
    ["${{ github.ref == 'refs/heads/main' && 'yes' || 'no' }}", 'yes'],
    ["${{ format('{0}-{1}', inputs.model, inputs.count) }}", 'flight-delay-3'],
    ["${{ join(needs.*.result, ' ') }}", 'success failure'],
    ['${{ fromJSON(needs.a.outputs.list)[1] }}', 'y'],
    ["${{ 'braces }} in text' }}", 'braces }} in text'],
    ["${{ 'it''s' }}", "it's"],
    ["${{ contains(github.ref, 'MAIN') }}", 'true'],
    ["${{ startsWith(github.ref, 'refs/') && endsWith(github.ref, 'main') }}", 'true'],
    ["${{ 'A' == 'a' }}", 'true'],
    ['${{ 1 < 2 }}', 'true'],
    ['${{ toJSON(inputs.dry) }}', 'false'],
  ])('%s', (text, expected) => {
    expect(interpolate(text, scope())).toBe(expected);
  });

  it.each([['${{ nothing.here }}'], ['${{ inputs. }}'], ["${{ 'open"], ['${{ unknownFunction() }}']])('refuses %s', (text) => {
    expect(() => interpolate(text, scope())).toThrow();
  });
});

describe('evaluateCondition', () => {
  it.each([
    [undefined, 'success', true],
    [undefined, 'failure', false],
    ['true', 'failure', false],
    ['always()', 'failure', true],
    ['${{ always() }}', 'cancelled', true],
    ['failure()', 'failure', true],
    ['!cancelled()', 'cancelled', false],
    ["inputs.model == 'flight-delay'", 'success', true],
    ["inputs.model == 'flight-delay'", 'failure', false],
    ["inputs.model == 'always()'", 'failure', false],
    ["always() && needs.b.result == 'success'", 'success', false],
    ['${{ inputs.empty }}', 'success', false],
    ['inputs.dry', 'success', false],
    ["'false'", 'success', true],
    ['0', 'success', false],
  ] as const)('%s after %s is %s', (condition, status, expected) => {
    expect(evaluateCondition(condition, scope(status))).toBe(expected);
  });
});
