/** A piece of HTML that needs no escaping any more. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue =
  | string
  | number
  | undefined
  | Html
  | readonly HtmlValue[];

/** Makes HTML of a template; whatever is put in is escaped, unless it is HTML itself. */
export function html(
  strings: TemplateStringsArray,
  ...values: HtmlValue[]
): Html {
  return new Html(
    strings.reduce((text, part, i) => text + toText(values[i - 1]) + part),
  );
}

function toText(value: HtmlValue): string {
  if (value === undefined) {
    return '';
  }
  if (value instanceof Html) {
    return value.text;
  }
  if (typeof value === 'string' || typeof value === 'number') {
    return escape(String(value));
  }
  return value.map(toText).join('');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, it => ENTITIES[it]);
}
