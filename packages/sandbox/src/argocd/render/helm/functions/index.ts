import type { TemplateFunction } from '../evaluate';
import { flow } from './flow';
import { strings } from './strings';
import { values } from './values';

/**
 * The functions of Go templates, and the functions of Sprig and Helm that
 * typical charts use.
 */
export const templateFunctions: Record<string, TemplateFunction> = {
  ...flow,
  ...strings,
  ...values,
};
