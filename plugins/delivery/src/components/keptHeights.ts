import { z } from 'zod/v4';

const STORAGE_KEY = 'landfall-delivery-heights';

/** A few kilobytes of the browser's storage. */
const MAX_KEPT = 200;

/** About the same width makes about the same height. */
const WIDTH_STEP_PX = 100;

const heightsSchema = z.array(z.tuple([z.string(), z.number().positive()]));

/** @internal */
export interface PartOfPage {
  /** The kind of part, such as `images`. */
  part: string;
  /** What it is about, such as a service. */
  scope: string;
}

/**
 * How high a part of a page was when this browser last showed it, in pixels. Of what
 * it never showed: how high the same part of something else was.
 *
 * @internal
 */
export function keptHeight({ part, scope }: PartOfPage): number | undefined {
  const heights = readHeights();
  return heights.get(keyOf(part, scope)) ?? heights.get(keyOf(part));
}

/** Keeps the height of a part of a page, for its next visit. @internal */
export function keepHeight({ part, scope }: PartOfPage, height: number): void {
  const heights = readHeights();
  for (const key of [keyOf(part, scope), keyOf(part)]) {
    // The oldest are the first.
    heights.delete(key);
    heights.set(key, height);
  }
  try {
    localStorage.setItem(
      STORAGE_KEY,
      JSON.stringify([...heights].slice(-MAX_KEPT)),
    );
  } catch {
    // Without storage, or without room in it, placeholders have a usual height.
  }
}

function keyOf(part: string, scope?: string): string {
  const width = Math.round(window.innerWidth / WIDTH_STEP_PX);
  return JSON.stringify([part, width, scope]);
}

function readHeights(): Map<string, number> {
  try {
    const text = localStorage.getItem(STORAGE_KEY);
    return new Map(heightsSchema.parse(JSON.parse(text ?? '[]')));
  } catch {
    // Not allowed, or written by something else.
    return new Map();
  }
}
