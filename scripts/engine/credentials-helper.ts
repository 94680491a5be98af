import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IDataObject,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { n8nCore, n8nWorkflow } from './n8n-modules.ts';
import type { NodePackage } from './package-bundle.ts';
import { RequestError } from './request-error.ts';

/** Credentials in plain text, by credential type. */
export type ClearCredentials = Record<string, Record<string, unknown>>;

/**
 * Serves the given credentials the way n8n serves those in its database: with the defaults of the
 * credential type, and with its `authenticate` and `preAuthentication`.
 */
export class EngineCredentialsHelper extends n8nWorkflow.ICredentialsHelper {
	private readonly types: NodePackage['credentials'];
	private readonly clear: Map<string, ICredentialDataDecryptedObject>;

	/** @throws RequestError if there is no such credential type */
	constructor(nodePackage: NodePackage, clear: ClearCredentials) {
		super();
		this.types = nodePackage.credentials;
		this.clear = new Map(
			Object.entries(clear).map(([type, data]) => [type, data as ICredentialDataDecryptedObject]),
		);
		for (const type of this.clear.keys()) this.getType(type);
	}

	/** Values that must never be shown: the fields that the editor masks. */
	secrets(): string[] {
		const found: string[] = [];
		for (const [type, data] of this.clear) {
			for (const property of this.getCredentialsProperties(type)) {
				const value = data[property.name];
				if (property.typeOptions?.password === true && typeof value === 'string') found.push(value);
			}
		}
		return found;
	}

	/** The references that a node has in a workflow; undefined if there are none. */
	references(): INode['credentials'] {
		if (this.clear.size === 0) return undefined;
		// Other values are another credential: a node may keep what it has read for a while.
		return Object.fromEntries(
			Array.from(this.clear, ([type, data]) => {
				const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex');
				return [type, { id: hash.slice(0, 16), name: type }];
			}),
		);
	}

	getParentTypes(name: string): string[] {
		return this.getType(name).extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.getType(typeName);
		if (authenticate === undefined) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (workflow === undefined || node === undefined) {
			throw new n8nWorkflow.UnexpectedError('Declarative authentication needs workflow and node');
		}
		return this.applyGeneric(authenticate, credentials, options, workflow, node);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		_node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const expirable = this.getType(typeName).properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (expirable === undefined) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;
		const output = await this.runPreAuthentication(helpers, credentials, typeName);
		if (output?.[expirable.name] === undefined) return undefined;
		this.clear.set(typeName, { ...this.clear.get(typeName), ...output });
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.getType(typeName);
		if (preAuthentication === undefined) return undefined;
		return (await preAuthentication.call(
			helpers,
			credentials,
		)) as unknown as ICredentialDataDecryptedObject;
	}

	async getCredentials(
		nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentials> {
		const credentials = new n8nCore.Credentials(nodeCredentials, type);
		await credentials.setData(this.getClear(type));
		return credentials;
	}

	getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		// In a promise, so that whatever is thrown rejects it.
		return Promise.resolve().then(() => this.decrypt(type, mode, executeData, raw, resolve));
	}

	private decrypt(
		type: string,
		mode: WorkflowExecuteMode,
		executeData: IExecuteData | undefined,
		raw: boolean | undefined,
		resolve: ICredentialsExpressionResolveValues | undefined,
	): ICredentialDataDecryptedObject {
		const clear = this.getClear(type);
		if (raw === true) return clear;
		const withDefaults = n8nWorkflow.NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			clear as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (resolve === undefined) return withDefaults;
		return resolve.workflow.expression.getParameterValue(
			withDefaults as INodeParameters,
			resolve.runExecutionData,
			resolve.runIndex,
			resolve.itemIndex,
			resolve.node.name,
			resolve.connectionInputData,
			mode,
			{},
			executeData,
			false,
			withDefaults,
		) as ICredentialDataDecryptedObject;
	}

	updateCredentials(
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.clear.set(type, data);
		return Promise.resolve();
	}

	updateCredentialsOauthTokenData(): Promise<void> {
		return Promise.reject(new n8nWorkflow.UnexpectedError('The package has no OAuth credential'));
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		// As n8n does: only what a type inherits is merged by name, and its own fields may share one.
		if (this.getType(type).extends === undefined) return this.getType(type).properties;
		const properties: INodeProperties[] = [];
		for (const parent of this.getParentTypes(type)) {
			n8nWorkflow.NodeHelpers.mergeNodeProperties(
				properties,
				this.getCredentialsProperties(parent),
			);
		}
		n8nWorkflow.NodeHelpers.mergeNodeProperties(properties, this.getType(type).properties);
		return properties;
	}

	private getClear(type: string): ICredentialDataDecryptedObject {
		const data = this.clear.get(type);
		if (data === undefined) throw new RequestError(`No credentials of type "${type}" were given.`);
		return structuredClone(data);
	}

	private getType(name: string): ICredentialType {
		const type = this.types.get(name);
		if (type === undefined) {
			const known = [...this.types.keys()].join(', ');
			throw new RequestError(`There is no credential "${name}" in this package. It has: ${known}.`);
		}
		return type;
	}

	private applyGeneric(
		authenticate: IAuthenticateGeneric,
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): IHttpRequestOptions {
		const resolveText = (value: unknown): string =>
			String(
				workflow.expression.getSimpleParameterValue(
					node,
					String(value),
					'internal',
					{ $credentials: credentials },
					undefined,
					'',
				) ?? '',
			);
		const target = options as unknown as Record<string, IDataObject | undefined>;
		for (const [part, values] of Object.entries(authenticate.properties)) {
			const section: IDataObject = (target[part] ??= {});
			for (const [key, value] of Object.entries(values as IDataObject)) {
				section[resolveText(key)] = resolveText(value);
			}
		}
		return options;
	}
}
