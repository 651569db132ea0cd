import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../shared/oracles/', import.meta.url));

/** Whether the oracles lie beside the repository; says so loudly when they do not. */
export function oraclesPresent(): boolean {
  const present = existsSync(FOLDER);
  if (!present) console.warn('NOT TESTED: ../shared/oracles is absent, so figures of other tools are not compared.');
  return present;
}

/** Path of an oracle file. */
export function oraclePath(name: string): string {
  return `${FOLDER}${name}`;
}

/** An oracle's JSON, in the shape that the caller states. */
export function readOracle<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(oraclePath(name), 'utf8')) as Shape;
}
