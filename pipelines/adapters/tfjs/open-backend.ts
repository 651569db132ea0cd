import util from 'node:util';
import * as core from '@tensorflow/tfjs-core';
import { OutsideError } from '../../core/errors/outside-error.ts';

/** `tensorflow`: the native library through tfjs-node; `wasm`: WebAssembly; `cpu`: plain JavaScript, for tests. */
export type BackendName = 'tensorflow' | 'wasm' | 'cpu';

/** Makes a backend the current one and says which it is: the one asked for, else tfjs-node where it works, else WebAssembly. */
export async function openBackend(wanted: BackendName | undefined): Promise<BackendName> {
  core.enableProdMode();
  if (wanted === undefined) return (await registerNative()) ? select('tensorflow') : openBackend('wasm');
  if (wanted === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  if (wanted === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  if (wanted === 'tensorflow') await registerNative();
  return select(wanted);
}

async function select(name: BackendName): Promise<BackendName> {
  if (core.getBackend() === name || (await core.setBackend(name))) {
    await core.ready();
    return name;
  }
  throw new OutsideError({
    code: 'TRAINING_ENGINE_MISSING',
    message: `TensorFlow.js has no working backend "${name}" here`,
    hint: 'run npm ci again; the WebAssembly backend needs no native library',
    retryable: false,
  });
}

/** Whether tfjs-node could be loaded. Its package may lie there without its native library, so only trying tells. */
async function registerNative(): Promise<boolean> {
  try {
    // tfjs-node 4.22 calls this function, which Node removed in version 23 (https://github.com/tensorflow/tfjs/issues/8609).
    const legacy: Record<string, unknown> = util as unknown as Record<string, unknown>;
    legacy['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
    await import('@tensorflow/tfjs-node');
    return true;
  } catch {
    return false;
  }
}
