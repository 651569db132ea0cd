import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../store/world.ts';

export interface PageRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** After /<owner>/<repo> */
  readonly path: string;
  readonly raw: Buffer;
}

export async function servePage(_world: World, asked: PageRequest): Promise<void> {
  asked.response.writeHead(404).end();
}
