/**
 * Text of somebody else's answer without credentials: an error page of a proxy
 * may repeat the header `Authorization` that it got, or an address with a token in
 * its query.
 */
export function withoutCredentials(text: string): string {
  return text
    .replace(/\b(bearer|basic)(\s+)[^\s"'<>,;]+/gi, '$1$2***')
    .replace(/(https?:\/\/)[^\s/"'<>@]*@/gi, '$1')
    .replace(/(https?:\/\/[^\s"'<>?#]*)[?#][^\s"'<>]*/gi, '$1');
}
