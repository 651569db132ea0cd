#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Node keeps the stripped TypeScript in its compile cache: with it `--help` starts about as fast as an empty process.
enableCompileCache();
await import('./cli.ts');
