import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { oraclePath, oraclesPresent, readOracle } from './read-oracle.ts';

const FOLDER = import.meta.dirname;

/** What a file says of itself: no figures. */
const NOTES = new Set(['origin', 'note', '_note', '_versions', 'roc_auc_ci_note', 'columns', 'setup']);

/** Sets that a test finds by less than their name: what stands in that test instead. */
const FOUND_BY: Readonly<Record<string, string>> = {
  'quantile_ab_p_value (a=1..1000, b=1+off..1000+off, t_opt=100, alpha_opt=.05)': "startsWith('quantile_ab')",
  v_opt: 'bestVariance: 100',
  alpha_opt: 'bestAlpha: 0.05',
  'cramers_v None as category': "startsWith('cramers_v')",
  'cramers_v bias-corrected (Bergsma)': "startsWith('cramers_v')",
  'cramers_v rare categories (<0.1) merged': "includes('merged')",
  'emd scaled': "startsWith('emd')",
  'emd scaled to [0,1]': "startsWith('emd')",
  'G test (power divergence log-likelihood, expected=raw ref counts) p': "only('G test')",
  'PSI / JS(base e) / KL categorical (executed from their functions here)': "only('PSI')",
  'TVD permutation p (1000 iters, seeded; use loose tol)': "only('TVD permutation')",
  'TVD value (executed from their function here)': "only('TVD value')",
  'anderson-darling 2 sample p': "only('anderson')",
  'chisquare (goodness of fit, expected=ref counts scaled to n_cur) p': "named('chisquare')",
  'chisquare p and hellinger with 1/3 NaN on both sides': "only('chisquare p and hellinger')",
  'chisquare p, ref doubled -> same p': "named('chisquare')",
  'energy distance identical / +5': "only('energy')",
  'epps-singleton p': "only('epps')",
  'hellinger numeric identical (8 values + NaN)': "only('hellinger numeric')",
  'mann-whitney U p': "only('mann')",
  't-test p': "only('t-test')",
  'z-test proportions identical': "only('z-test')",
  'tests.performance_estimation.CBPE.test_cbpe_metrics::test_cbpe_for_multiclass_classification_with_timestamps':
    "oracle('test_cbpe_for_multiclass')",
  'tests.performance_calculation.metrics.test_multiclass_classification::test_metric_values_are_calculated_correctly':
    "oracle('test_multiclass_classification')",
  'evidently_a4aa4c2_default_chisquare_null_false_alarm_rate (nominal .05; used when reference<=1000 rows)': "includes('chisquare')",
};

/** Sets that no test reads, and why not. */
const UNREAD: Readonly<Record<string, string>> = {
  fet_odds_ratio: 'A formula of an effect that we do not report: shares of two classes are told apart by their difference.',
  bonferroni_threshold: 'A formula; the adjusted p values of reference_statistics_scipy_sklearn.json hold its figures.',
  formula_one_sample: 'A formula, written out in the test of the figures beside it.',
  formula_two_sample: 'A formula, written out in the test of the figures beside it.',
  dataset_drift_rule: 'A rule, kept in peers/evidently-rules.ts and run beside ours in tests/calibration/drift-rule.slow.test.ts.',
  ece_bin_edges:
    'Where NannyML cuts rows without regard to ties. Ours cuts where equal scores end, and into ten classes, so that no order of rows matters.',
  'binary_classification.calibration_curve_10_uniform':
    'Shares in ten even classes, of which nothing of ours is made: calibration is told by log loss and by the error over classes of equal counts.',
  evidently_a4aa4c2_default_null_false_alarm_rate_per_column:
    'Rates of a peer, measured by us. Its rules and ours run on the same streams in tests/calibration/drift-rule.slow.test.ts.',
  nannyml_4c86ee3_default_threshold_null_false_alarm_rate_per_feature_chunk:
    'Rates of a peer, measured by us. Its rule and ours run on the same streams in tests/calibration/drift-rule.slow.test.ts.',
  sequential_rules_simulation: 'Rates of rules, measured by us. They are run anew in tests/calibration/drift-rule.slow.test.ts.',
  'pape_like_prototype_MAE (weighted isotonic, density ratio floor .05/.001)':
    'Errors of a prototype of ours on rows that are not all beside the project. The second opinion has its own calibration suite.',
  speed_nannyml_here: 'Seconds of another machine.',
};

/** Names of the sets of figures of one file: its keys, the names of its cases, and of the file with many figures in a set also theirs. */
function setsOf(file: string): string[] {
  const held = readOracle<Readonly<Record<string, unknown>>>(`unit/${file}`);
  return Object.entries(held).flatMap(([name, value]) => {
    if (name === 'cases') return [...new Set((value as Record<string, string>[]).map(({ test: by, fn }) => by ?? fn ?? ''))];
    if (!file.startsWith('reference_statistics') || typeof value !== 'object' || value === null) return [name];
    const parts = Array.isArray(value) ? value.filter((each) => typeof each === 'object' && !Array.isArray(each)) : [value];
    const inner = [...new Set(parts.flatMap((part) => Object.keys(part as object)))];
    return inner.length === 0 || /bins|edges/.test(name) ? [name] : [name, ...inner.map((each) => `${name}.${each}`)];
  });
}

// That a test names a set shows that it was thought of; what it asserts of it is for the test to say. Tables of `expected` have their account in every-figure.test.ts.
describe.skipIf(!oraclesPresent())('an account of the sets of figures in oracles/unit', () => {
  const own = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('account-of-figures'))
    .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'));
  const files = oraclesPresent() ? readdirSync(oraclePath('unit')) : [];
  const sets = files
    .filter((name) => name.endsWith('.json'))
    .flatMap((file) => setsOf(file).map((set) => ({ file, set })))
    .filter(({ set }) => !NOTES.has(set.split('.').at(-1) ?? ''));
  const isRead = ({ file, set }: { file: string; set: string }) => {
    const by = FOUND_BY[set] ?? (file.startsWith('reference_statistics') ? set.slice(set.indexOf('.') + 1) : set);
    return own.some((text) => text.includes(`unit/${file}`) && text.includes(by));
  };

  test('every set is read by a test, or stands in the list of those that are not, with a reason', () => {
    const forgotten = sets.filter((each) => !isRead(each) && !(each.set in UNREAD)).map(({ file, set }) => `${file}: ${set}`);

    expect(forgotten).toEqual([]);
    expect(sets.length).toBeGreaterThan(100);
  });

  test('no set stands in a list that no longer needs it', () => {
    const known = new Set(sets.map(({ set }) => set));

    expect([...Object.keys(UNREAD), ...Object.keys(FOUND_BY)].filter((name) => !known.has(name))).toEqual([]);
    expect(sets.filter((each) => each.set in UNREAD && isRead(each)).map(({ set }) => set)).toEqual([]);
  });

  test('every file that is no JSON is read', () => {
    const others = files.filter((name) => !name.endsWith('.json'));

    expect(others.filter((name) => !own.some((text) => text.includes(`unit/${name.replace('.csv', '')}`)))).toEqual([]);
    expect(others).toHaveLength(2);
  });
});
