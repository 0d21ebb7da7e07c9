// Generates docs/configuration.md from the packages' config.d.ts files. With
// `--check` it writes nothing and fails if the page is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import ts from 'typescript';
import { root } from './lib/paths.mjs';

const SOURCES = [
  'plugins/delivery-backend/config.d.ts',
  'plugins/delivery-node/config.d.ts',
  'plugins/scaffolder-backend-module-delivery/config.d.ts',
  'packages/backend/config.d.ts',
  'packages/app/config.d.ts',
];
const TARGET = join(root, 'docs/configuration.md');

const page = [
  '# Configuration',
  'Generated from the packages’ `config.d.ts` by `yarn docs:config`; do not edit. A key ends in `[]` where it is in each item of a list.',
  ...SOURCES.flatMap(section),
].join('\n\n');
const text = prettier.format(page, {
  ...(await prettier.resolveConfig(TARGET)),
  parser: 'markdown',
});

if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, text);
} else if (readFileSync(TARGET, 'utf8') !== text) {
  console.error(`${TARGET} is out of date: run \`yarn docs:config\`.`);
  process.exitCode = 1;
}

function section(path) {
  const source = ts.createSourceFile(
    path,
    readFileSync(join(root, path), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const config = source.statements.find(
    node => ts.isInterfaceDeclaration(node) && node.name.text === 'Config',
  );
  const rows = keys(config.members, '', source);
  return [
    `## \`${path.replace('/config.d.ts', '')}\``,
    [
      '| key | type | |',
      '| - | - | - |',
      ...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
    ].join('\n'),
  ];
}

/**
 * The keys to document, in the order of the file: leaves, and keys with their
 * own comment.
 */
function keys(members, prefix, source) {
  return members.flatMap(member => {
    const { name, type } = member;
    const key = ts.isIndexSignatureDeclaration(member)
      ? `${prefix}<${member.parameters[0].name.text}>`
      : `${prefix}${name.text}`;
    const comment = commentOf(member);
    const isRequired =
      !ts.isIndexSignatureDeclaration(member) && !member.questionToken;
    const note = isRequired && prefix.endsWith('[].') ? 'Required. ' : '';
    const { node, suffix } = nested(type);
    if (!node) {
      return [[`\`${key}\``, `\`${type.getText(source)}\``, note + comment]];
    }
    const own = comment ? [[`\`${key}${suffix}\``, '', note + comment]] : [];
    return [...own, ...keys(node.members, `${key}${suffix}.`, source)];
  });
}

/** The object literal of a type, or of an array's items. */
function nested(type) {
  if (ts.isTypeLiteralNode(type)) {
    return { node: type, suffix: '' };
  }
  const item = ts.isArrayTypeNode(type)
    ? type.elementType
    : ts.isTypeReferenceNode(type) && type.typeName.getText() === 'Array'
    ? type.typeArguments[0]
    : undefined;
  return item && ts.isTypeLiteralNode(item) ? { node: item, suffix: '[]' } : {};
}

function commentOf(member) {
  const [doc] = ts.getJSDocCommentsAndTags(member);
  const secret = ts
    .getJSDocTags(member)
    .some(
      tag =>
        tag.tagName.text === 'visibility' &&
        ts.getTextOfJSDocComment(tag.comment) === 'secret',
    );
  const text = doc ? ts.getTextOfJSDocComment(doc.comment) ?? '' : '';
  return `${text}${secret ? ' Secret.' : ''}`.trim();
}

function cell(text) {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
