import type { CompoundEntityRef } from '@backstage/catalog-model';
import { parseEntityRef } from '@backstage/catalog-model';

/** The values of a form, from the context that the scaffolder gives its fields. @internal */
export function formValues(formContext: unknown): Record<string, unknown> {
  const data = isRecord(formContext) ? formContext.formData : undefined;
  return isRecord(data) ? data : {};
}

/** The text in a field of the form, unless it is empty. @internal */
export function formText(
  formContext: unknown,
  field: string,
): string | undefined {
  const value = formValues(formContext)[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The entity that was chosen in a field of the form. @internal */
export function formEntity(
  formContext: unknown,
  field: string,
): CompoundEntityRef | undefined {
  const text = formText(formContext, field);
  try {
    return text === undefined ? undefined : parseEntityRef(text);
  } catch {
    // It is being typed.
    return undefined;
  }
}

/** The texts in a field of the form. @internal */
export function formTexts(formContext: unknown, field: string): string[] {
  return textsOf(formValues(formContext)[field]);
}

/** @internal */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
