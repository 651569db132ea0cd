const WORDS = 624;
const MIDDLE = 397;

/** The numbers that `numpy.random.seed(seed)` starts: on [0, 1), heads or tails (`binomial(1, 0.5)`), normal deviates and choices. */
export interface LegacyRandom {
  readonly random: (count: number) => Float64Array;
  readonly coins: (count: number) => Uint8Array;
  readonly normal: (mean: number, deviation: number, count: number) => Float64Array;
  readonly choice: <Value>(values: readonly Value[], count: number) => Value[];
}

/** NumPy's RandomState: Mersenne Twister 19937, normals by the polar method, choices by masked rejection (NEP 19 freezes the stream). */
export function numpyRandom(seed: number): LegacyRandom {
  const next = mersenneTwister(seed);
  const uniform = () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992;
  let kept: number | null = null;
  function gauss(): number {
    if (kept !== null) {
      const value = kept;
      kept = null;
      return value;
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      kept = scale * x;
      return scale * y;
    }
  }
  function below(size: number): number {
    const mask = 2 ** Math.ceil(Math.log2(size)) - 1;
    for (;;) {
      const drawn = next() & mask;
      if (drawn < size) return drawn;
    }
  }
  return {
    random: (count) => Float64Array.from({ length: count }, uniform),
    // By inversion: one number each, heads above a half.
    coins: (count) => Uint8Array.from({ length: count }, () => Number(uniform() > 0.5)),
    normal: (mean, deviation, count) => Float64Array.from({ length: count }, () => mean + deviation * gauss()),
    choice: (values, count) => Array.from({ length: count }, () => values[below(values.length)]).filter((value) => value !== undefined),
  };
}

function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(WORDS);
  state[0] = seed;
  for (let index = 1; index < WORDS; index += 1) {
    const before = state[index - 1] ?? 0;
    state[index] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + index;
  }
  let place = WORDS;
  return () => {
    if (place === WORDS) {
      twist(state);
      place = 0;
    }
    let y = state[place] ?? 0;
    place += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

function twist(state: Uint32Array): void {
  for (let index = 0; index < WORDS; index += 1) {
    const y = ((state[index] ?? 0) & 0x80000000) | ((state[(index + 1) % WORDS] ?? 0) & 0x7fffffff);
    state[index] = (state[(index + MIDDLE) % WORDS] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}
