import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readAppEnvironment } from '../../../bot/roots/app-settings.ts';

const pem = { type: 'pkcs8', format: 'pem' } as const;
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem).toString();
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem).toString();
const base = { APP_ID: '1', WEBHOOK_SECRET: '0123456789abcdef0123456789abcdef' };

test('takes a private key as text, also with written line ends', () => {
  const read = readAppEnvironment({ ...base, PRIVATE_KEY: RSA.replaceAll('\n', '\\n') });

  expect(read.privateKey).toBe(RSA);
});

test.each([
  ['no key', 'nonsense', /PRIVATE_KEY holds no private key/],
  ['half a key', RSA.slice(0, 400), /PRIVATE_KEY holds no private key/],
  ['a key of another kind', EC, /of the kind ec, not RSA/],
])('refuses %s when it starts, not at the first call', (_what, key, message) => {
  expect(() => readAppEnvironment({ ...base, PRIVATE_KEY: key })).toThrow(
    expect.objectContaining({ code: 'PRIVATE_KEY_INVALID', message: expect.stringMatching(message) }),
  );
});

test('names the file that holds no key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'app.pem');
  writeFileSync(path, 'nonsense');

  expect(() => readAppEnvironment({ ...base, PRIVATE_KEY_PATH: path })).toThrow(`${path} holds no private key`);
});
