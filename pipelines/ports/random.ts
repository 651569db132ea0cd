/** Randomness from outside: only for nonces, never for statistics (those take a seed). */
export interface Random {
  /** 32 hexadecimal digits. */
  nonce(): string;
}
