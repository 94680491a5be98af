/** What the editor asks a node for while a workflow is edited. */
import type { ILoadOptionsFunctions, INodeType } from 'n8n-workflow';
import { createAdditionalData, type EngineHost } from './host.ts';
import { EngineCredentialsHelper } from './credentials-helper.ts';
import { n8nCore, n8nWorkflow } from './n8n-modules.ts';
import { RequestError } from './request-error.ts';
import type { ParsedCredentialTestRequest, ParsedListSearchRequest } from './request.ts';
import type { CredentialTestResult, ListSearchResult, MapFieldsResult } from './result.ts';
import { buildWorkflow } from './workflow.ts';

type CredentialTest = NonNullable<NonNullable<INodeType['methods']>['credentialTest']>[string];

/** The function that a node of the package declares as the test of a credential. */
function findCredentialTest(host: EngineHost, type: string): CredentialTest {
	for (const node of host.nodePackage.nodes.values()) {
		const nodeType = n8nWorkflow.NodeHelpers.getVersionedNodeType(node);
		const { credentials = [] } = nodeType.description;
		const testedBy = credentials.find(({ name }) => name === type)?.testedBy;
		const test =
			typeof testedBy === 'string' ? nodeType.methods?.credentialTest?.[testedBy] : undefined;
		if (test !== undefined) return test;
	}
	throw new RequestError(`No node of this package tests the credential "${type}".`);
}

/**
 * Tests a credential as n8n does when the editor asks for it.
 *
 * @throws RequestError if there is no such credential, or no test for it
 */
export async function testCredential(
	host: EngineHost,
	{ type, data }: ParsedCredentialTestRequest,
): Promise<CredentialTestResult> {
	const helper = new EngineCredentialsHelper(host.nodePackage, { [type]: data });
	host.log.hide(helper.secrets());
	const additionalData = createAdditionalData(helper, 'http://localhost:5678');
	const details = { id: type, name: type };
	const decrypted = await helper.getDecrypted(additionalData, details, type, 'internal');
	const context = new n8nCore.CredentialTestContext(additionalData);
	const credential = { ...details, type, data: decrypted };
	return await findCredentialTest(host, type).call(context, credential);
}

/**
 * Fills the list of a resource locator as n8n does.
 *
 * @throws RequestError if the node or the method does not exist
 */
export async function searchList(
	host: EngineHost,
	request: ParsedListSearchRequest,
): Promise<ListSearchResult> {
	const { methods, context } = editorOf(host, request);
	const search = methods?.listSearch?.[request.method];
	if (search === undefined) throw new RequestError(`The node has no list "${request.method}".`);
	return await search.call(context, request.filter, request.paginationToken);
}

/**
 * The fields of a resource mapper as n8n asks for them.
 *
 * @throws RequestError if the node or the method does not exist
 */
export async function mapFields(
	host: EngineHost,
	request: ParsedListSearchRequest,
): Promise<MapFieldsResult> {
	const { methods, context } = editorOf(host, request);
	const load = methods?.resourceMapping?.[request.method];
	if (load === undefined) throw new RequestError(`The node has no mapper "${request.method}".`);
	return await load.call(context);
}

/** A node in the editor, with its methods and the context that they run in. */
function editorOf(host: EngineHost, request: ParsedListSearchRequest) {
	const { workflow, node, nodeTypes, additionalData } = buildWorkflow(host, request, {}, () => ({
		nodes: [],
		connections: {},
	}));
	additionalData.currentNodeParameters = node.parameters;
	const { methods } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const context = new n8nCore.LoadOptionsContext(workflow, node, additionalData, '');
	return { methods, context: context as unknown as ILoadOptionsFunctions };
}
