import { fileURLToPath } from 'node:url';
import { defineConfig } from 'astro/config';

/** Static and lean: no images, no highlighting, no prefetch. CSS stands in the page, so that one folder works from anywhere, also from a disk. */
export default defineConfig({
  output: 'static',
  base: process.env.HOLDFAST_BASE ?? '/',
  outDir: process.env.HOLDFAST_OUT_DIR ?? './dist',
  trailingSlash: 'ignore',
  build: { format: 'directory', inlineStylesheets: 'always', assets: 'assets' },
  image: { service: { entrypoint: 'astro/assets/services/noop' } },
  compressHTML: true,
  devToolbar: { enabled: false },
  prefetch: false,
  markdown: { syntaxHighlight: false },
  security: { csp: true },
  vite: {
    define: { 'import.meta.env.DASHBOARD_ROOT': JSON.stringify(fileURLToPath(new URL('.', import.meta.url))) },
    build: { modulePreload: false, reportCompressedSize: false },
  },
});
