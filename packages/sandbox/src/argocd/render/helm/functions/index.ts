import type { TemplateFunction } from '../evaluate';
import { collections } from './collections';
import { conversions } from './conversions';
import { flow } from './flow';
import { numbers } from './numbers';
import { strings } from './strings';

/** The functions of Go templates, Sprig and Helm that charts use. */
export const templateFunctions: Record<string, TemplateFunction> = {
  ...flow,
  ...strings,
  ...numbers,
  ...collections,
  ...conversions,
};
