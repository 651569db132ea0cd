import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestBytes } from '../../core/digest/sha256.ts';
import { OutsideError } from '../../core/errors/outside-error.ts';
import type { ArtifactStore } from '../../ports/artifact-store.ts';

/** Bytes by digest in a folder: <folder>/<first two digits>/<64 digits>. Writing the same bytes twice writes once. */
export function openArtifactStore(folder: string): ArtifactStore {
  const place = (digest: string) => {
    const hex = digest.slice('sha256:'.length);
    return { parent: join(folder, hex.slice(0, 2)), file: join(folder, hex.slice(0, 2), hex) };
  };
  return {
    async put(bytes) {
      const digest = digestBytes(bytes);
      const { parent, file } = place(digest);
      await mkdir(parent, { recursive: true });
      const temporary = `${file}.${process.pid}.tmp`;
      await writeFile(temporary, bytes);
      await rename(temporary, file);
      return digest;
    },
    async get(digest) {
      const bytes = await readFile(place(digest).file).catch(() => null);
      if (bytes === null) return null;
      if (digestBytes(bytes) === digest) return bytes;
      throw new OutsideError({
        code: 'ARTIFACT_CORRUPT',
        message: `the stored bytes of ${digest} have another digest`,
        hint: `delete ${place(digest).file}; it will be made again`,
        retryable: false,
      });
    },
  };
}
