/**
 * Text of somebody else's answer without credentials: an error page of a proxy
 * may repeat the header `Authorization` that it got, or an address with a token in
 * its query.
 */
export function withoutCredentials(text: string): string {
  return text
    .replace(/\b(bearer|basic)(\s+)[^\s"'<>,;]+/gi, '$1$2***')
    .replace(/(https?:\/\/)[^\s/"'<>@]*@/gi, '$1')
    .replace(/https?:\/\/[^\s"'<>]+/gi, withoutQuery);
}

/** Cuts each address once: to look for a query behind every `https://` would take quadratic time. */
function withoutQuery(address: string): string {
  const end = address.search(/[?#]/);
  return end < 0 ? address : address.slice(0, end);
}
