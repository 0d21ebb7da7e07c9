import { isObject, type Obj } from '../../../json';
import { format } from '../format';

export function text(value: unknown): string {
  return format(value);
}

/** Converts to a number like Sprig: anything that isn't a number becomes 0. */
export function num(value: unknown): number {
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  const n = Number(value ?? 0);
  return Number.isNaN(n) ? 0 : n;
}

export function map(value: unknown): Obj {
  if (value !== undefined && value !== null && !isObject(value)) {
    throw new Error(
      `wrong type for value; expected map[string]interface {}; got ${typeof value}`,
    );
  }
  return value ?? {};
}
