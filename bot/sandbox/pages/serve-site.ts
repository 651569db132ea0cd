import { createReadStream, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pagesFolder } from '../actions/publish-pages.ts';
import type { World } from '../store/world.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Serves the published site as Pages does: folders by their index.html, paths without an ending by .html, 404.html otherwise. */
export function serveSite(world: World, response: ServerResponse, path: string): void {
  const home = `/pages/${world.settings.owner}/${world.settings.name}`;
  const wanted = decodeURIComponent(path.slice(home.length));
  if (wanted === '') return void response.writeHead(301, { location: `${home}/` }).end();
  if (wanted.includes('\0') || wanted.split('/').includes('..')) return void response.writeHead(404).end();
  const base = join(pagesFolder(world), wanted);
  if (!wanted.endsWith('/') && isFolder(base)) return void response.writeHead(301, { location: `${path}/` }).end();
  const file = [base, `${base}.html`, join(base, 'index.html')].find(isFile);
  const missing = join(pagesFolder(world), '404.html');
  if (file !== undefined) send(response, 200, file);
  else if (isFile(missing)) send(response, 404, missing);
  else response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found\n');
}

function send(response: ServerResponse, status: number, file: string): void {
  response.writeHead(status, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-cache' });
  createReadStream(file).pipe(response);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
