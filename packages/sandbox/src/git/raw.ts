import type { Response } from 'express';
import { isBinary } from './repositories/objects';

const IMAGES: Record<string, string | undefined> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** Sends a file as it is, and so that a browser runs nothing of it. */
export function sendRaw(res: Response, name: string, content: Buffer): void {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const type = isBinary(content)
    ? IMAGES[extension] ?? 'application/octet-stream'
    : 'text/plain; charset=utf-8';
  res.setHeader('content-type', type);
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('content-security-policy', "default-src 'none'; sandbox");
  res.end(content);
}
