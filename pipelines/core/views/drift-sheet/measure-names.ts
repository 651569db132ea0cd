/** What the figures of a sheet are called on a screen. */
const NAMES: Readonly<Record<string, string>> = {
  jensenShannon: 'Jensen-Shannon distance',
  populationStabilityIndex: 'Population stability index',
  populationStabilityIndexRaw: 'the same, raw',
  hellinger: 'Hellinger distance',
  totalVariation: 'total variation',
  lInfinity: 'L-infinity',
  cramersV: "Cramér's V",
  binnedKolmogorovSmirnov: 'Kolmogorov-Smirnov D, classes',
  kullbackLeibler: 'Kullback-Leibler divergence',
  wassersteinWinsorised: 'Wasserstein, winsorised',
  wasserstein: 'Wasserstein',
  wassersteinByDeviation: 'Wasserstein / deviation',
  wassersteinByQuartiles: 'Wasserstein / quartiles',
  energy: 'energy distance',
  outOfVocabulary: 'unknown words',
  textArea: 'text classifier',
  unknownWordsAndWording: 'words',
  kolmogorovSmirnovExact: 'KS exact',
  kolmogorovSmirnovAsymptotic: 'KS',
  kolmogorovSmirnovExactAndMissing: 'KS exact + missing',
  kolmogorovSmirnovAsymptoticAndMissing: 'KS + missing',
  mannWhitney: 'Mann-Whitney',
  andersonDarling: 'Anderson-Darling',
  cramerVonMises: 'Cramér-von Mises',
  welch: 'Welch',
  logRatio: 'Welch on logarithms',
  quantileShift50: 'median, any time',
  quantileShift95: '95 % quantile, any time',
  chiSquare: 'chi-square',
  gTest: 'G',
  gTestWilliams: 'G, Williams',
  fisherExact: 'Fisher exact',
  chiSquareShuffled: 'chi-square, shuffled',
  none: 'none',
};

/** Long names of adjustments. */
export const ADJUSTMENT_NAMES = {
  bonferroni: 'Bonferroni',
  sidak: 'Šidák',
  holm: 'Holm',
  hochberg: 'Hochberg',
  benjaminiHochberg: 'Benjamini-Hochberg',
  benjaminiYekutieli: 'Benjamini-Yekutieli',
} as const;

/** The name of a distance or a test. */
export function measureName(id: string): string {
  return NAMES[id] ?? id;
}
