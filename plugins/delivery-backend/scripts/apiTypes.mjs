import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

/** Errors are read by `ResponseError` of Backstage. */
const ERROR = 'Error';

const PLACEHOLDER = 'x-placeholder';

/**
 * The schemas of an OpenAPI document, and the queries of its operations, as
 * TypeScript declarations with one name each.
 *
 * openapi-typescript nests everything in `components`, which reads badly in
 * editors and API reports, so its types are moved to the top level. Where a schema
 * has `x-domain-type`, the type of that name in delivery-common is referenced
 * instead; a named schema of that kind is also declared as `<Name>Schema`, for the
 * test that compares the two.
 */
export async function apiTypes(spec) {
  const { schemas } = spec.components;
  const imported = new Set();
  const domainType = name => {
    imported.add(name);
    return ts.factory.createTypeReferenceNode(name);
  };
  const ast = await openapiTS(withPlaceholders(spec), {
    transform: schema =>
      schema[PLACEHOLDER] ? domainType(schema[PLACEHOLDER]) : undefined,
  });
  const members = typeAt(ast, 'components', 'schemas').members;
  const parameters = typeAt(ast, 'components', 'parameters');

  const flatten = context => {
    const visit = node => {
      const path = indexPath(node);
      if (path?.[1] === 'schemas') {
        const name = path[2];
        const domain = schemas[name]['x-domain-type'];
        return domain
          ? domainType(domain)
          : ts.factory.createTypeReferenceNode(name);
      }
      if (path?.[1] === 'parameters') {
        return ts.visitNode(member(parameters, path[2]).type, visit);
      }
      return ts.visitEachChild(node, visit, context);
    };
    return node => ts.visitNode(node, visit);
  };

  const declarations = [];
  for (const { name, type } of members) {
    if (name.text === ERROR) {
      continue;
    }
    const schema = schemas[name.text];
    declarations.push(
      declaration({
        name: schema['x-domain-type'] ? `${name.text}Schema` : name.text,
        type: ts.transform(type, [flatten]).transformed[0],
        description: schema.description,
        tag: schema['x-domain-type'] ? '@internal' : '@public',
      }),
    );
  }
  for (const { operationId, name, description } of queries(spec)) {
    const type = typeAt(ast, 'operations', operationId, 'parameters', 'query');
    declarations.push(
      declaration({
        name,
        type: ts.transform(type, [flatten]).transformed[0],
        description,
        tag: '@public',
      }),
    );
  }
  const imports = `import type { ${[...imported]
    .sort()
    .join(', ')} } from '../domainTypes';`;
  return [imports, ...declarations].join('\n\n');
}

/** The operations that take a query, with the name of the query's type. */
function queries(spec) {
  return Object.values(spec.paths)
    .flatMap(operations => Object.values(operations))
    .filter(operation => operation['x-query-type'])
    .map(({ operationId, 'x-query-type': name }) => ({
      operationId,
      name,
      description: `The query of \`${operationId}\`.`,
    }));
}

function replaceValues(object) {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, replaceType(value)]),
  );
}

function replaceType(value) {
  if (Array.isArray(value)) {
    return value.map(replaceType);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { 'x-domain-type': name, description } = value;
  return name
    ? { type: 'object', description, [PLACEHOLDER]: name }
    : replaceValues(value);
}

/**
 * The document with every nested schema that has a domain type replaced by an
 * object: openapi-typescript offers neither enumerations nor `allOf` for
 * transformation.
 */
function withPlaceholders(spec) {
  const schemas = Object.entries(spec.components.schemas).map(
    ([name, schema]) => [name, replaceValues(schema)],
  );
  return {
    ...replaceValues(spec),
    components: {
      ...replaceValues(spec.components),
      schemas: Object.fromEntries(schemas),
    },
  };
}

function declaration({ name, type, description, tag }) {
  const comment = `/**\n${[description, description && '', tag]
    .filter(line => line !== undefined)
    .map(line => ` * ${line.trim()}`)
    .join('\n')}\n */`;
  const node = ts.isTypeLiteralNode(type)
    ? ts.factory.createInterfaceDeclaration(
        [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)],
        name,
        undefined,
        undefined,
        type.members,
      )
    : ts.factory.createTypeAliasDeclaration(
        [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)],
        name,
        undefined,
        type,
      );
  // `@description` and `@enum` are no tags of TSDoc.
  const text = astToString([node])
    .replaceAll('@description ', '')
    .replace(/\n *\* @enum \{\w+\}(?=\n)/g, '')
    .replace(/ *\/\*\* @enum \{\w+\} \*\/\n/g, '')
    .replace(/\/\*\*\n *\* (.*)\n *\*\//g, '/** $1 */');
  return `${comment}\n${text}`;
}

/** `components["schemas"]["X"]` as its three names. */
function indexPath(node) {
  if (!ts.isIndexedAccessTypeNode(node)) {
    return undefined;
  }
  const { objectType, indexType } = node;
  const last = indexType.literal.text;
  return ts.isTypeReferenceNode(objectType)
    ? [objectType.typeName.text, last]
    : [...indexPath(objectType), last];
}

function typeAt(ast, name, ...path) {
  const root = ast.find(
    node => ts.isInterfaceDeclaration(node) && node.name.text === name,
  );
  return path.reduce((node, key) => {
    const found = member(node, key);
    return found.type;
  }, root);
}

function member(node, name) {
  return node.members.find(found => found.name?.text === name);
}
