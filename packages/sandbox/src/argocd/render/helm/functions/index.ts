import type { TemplateFunction } from '../evaluate';
import { flow } from './flow';
import { strings } from './strings';
import { values } from './values';

/** The functions of Go templates, and those of Sprig and Helm that charts like ours use. */
export const templateFunctions: Record<string, TemplateFunction> = {
  ...flow,
  ...strings,
  ...values,
};
