import { posix } from 'node:path';
import ts from 'typescript';

/** One file importing another. */
export interface Import {
	/** Path from the root of the repository. */
	from: string;
	/** Likewise, or the name of a package. */
	to: string;
	/** The import does not exist at run time. */
	typesOnly: boolean;
	/** The names it imports; `null` where it could be anything. */
	names: readonly string[] | null;
}

/** What one file needs from others and from the outside world. */
export interface Needs {
	imports: Import[];
	/** Globals through which a program touches the outside world: `process`, `new Date()`. */
	globals: string[];
}

const worldlyNames: ReadonlySet<string> = new Set([
	'process',
	'fetch',
	'setTimeout',
	'setInterval',
	'setImmediate',
]);

const worldlyMembers: ReadonlySet<string> = new Set([
	'AbortSignal.timeout',
	'Date.now',
	'Math.random',
	'performance.now',
]);

/**
 * Reads the imports of a TypeScript file, including type imports and dynamic ones.
 *
 * @param path from the root of the repository
 * @param exists whether there is a file at a path
 */
export function needsOf(path: string, text: string, exists: (path: string) => boolean): Needs {
	const needs: Needs = { imports: [], globals: [] };
	const add = (
		name: ts.Node | undefined,
		typesOnly: boolean,
		names: readonly string[] | null = null,
	): void => {
		if (name === undefined || !ts.isStringLiteral(name)) return;
		needs.imports.push({ from: path, to: resolve(path, name.text, exists), typesOnly, names });
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) {
			add(node.moduleSpecifier, isOfTypes(node.importClause), namesOf(node.importClause));
		}
		if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, isOfTypes(node));
		else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			add(node.argument.literal, true);
		} else if (ts.isCallExpression(node) && isImporting(node.expression)) {
			add(node.arguments[0], false);
		} else if (ts.isIdentifier(node) && worldlyNames.has(node.text) && isGlobal(node)) {
			needs.globals.push(node.text);
		} else if (ts.isPropertyAccessExpression(node) && worldlyMembers.has(node.getText())) {
			needs.globals.push(node.getText());
		} else if (asksForTheTime(node)) {
			needs.globals.push('new Date()');
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
	return needs;
}

function isOfTypes(clause: ts.ImportClause | ts.ExportDeclaration | undefined): boolean {
	if (clause === undefined) return false;
	if (ts.isImportClause(clause) && clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
	if (ts.isExportDeclaration(clause) && clause.isTypeOnly) return true;
	if (ts.isImportClause(clause) && clause.name !== undefined) return false;
	const names = ts.isImportClause(clause) ? clause.namedBindings : clause.exportClause;
	if (names === undefined || !(ts.isNamedImports(names) || ts.isNamedExports(names))) return false;
	return [...names.elements].every(({ isTypeOnly }) => isTypeOnly);
}

/** Null for a default import, a whole module, or an import for side effects only. */
function namesOf(clause: ts.ImportClause | undefined): string[] | null {
	const bindings = clause?.name === undefined ? clause?.namedBindings : undefined;
	if (bindings === undefined || !ts.isNamedImports(bindings)) return null;
	return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

const isImporting = (callee: ts.Expression): boolean =>
	callee.kind === ts.SyntaxKind.ImportKeyword ||
	(ts.isIdentifier(callee) && callee.text === 'require');

/** `new Date()`; with arguments, it does not ask for the current time. */
const asksForTheTime = (node: ts.Node): boolean =>
	ts.isNewExpression(node) &&
	ts.isIdentifier(node.expression) &&
	node.expression.text === 'Date' &&
	(node.arguments ?? []).length === 0;

/** Neither a member of something else nor a name that the file declares. */
function isGlobal(node: ts.Identifier): boolean {
	const { parent } = node;
	const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
	const isName = 'name' in parent && parent.name === node;
	return !isMember && !isName;
}

function resolve(from: string, name: string, exists: (path: string) => boolean): string {
	if (!name.startsWith('.')) return name;
	const path = posix.normalize(posix.join(posix.dirname(from), name));
	return [path, `${path}.ts`, path.replace(/\.js$/, '.ts')].find(exists) ?? path;
}
