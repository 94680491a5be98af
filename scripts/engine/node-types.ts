import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';
import { n8nWorkflow } from './n8n-modules.ts';
import type { NodePackage } from './package-bundle.ts';
import { RequestError } from './request-error.ts';

/** The node before the tested one; its items are given, so it is never executed itself. */
export const START_NODE_TYPE = 'n8n-nodes-base.manualTrigger';
/** Stands in for an AI agent: calls the one tool that is connected to it. */
export const TOOL_CALLER_NODE_TYPE = 'engine.toolCaller';

const startNode: INodeType = {
	description: {
		displayName: 'Manual Trigger',
		name: 'manualTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Holds the items that were given',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return Promise.resolve([this.getInputData()]);
	},
};

/** The node type as n8n offers it to agents, with the description that n8n adds for the model. */
export function asToolType(nodeType: INodeType): INodeType {
	const description = n8nWorkflow.deepCopy(nodeType.description);
	description.inputs = [];
	description.outputs = ['ai_tool'];
	description.properties.unshift(
		{
			displayName: 'Tool Description',
			name: 'descriptionType',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Set Automatically', value: 'auto' },
				{ name: 'Set Manually', value: 'manual' },
			],
			default: 'auto',
		},
		{
			displayName: 'Description',
			name: 'toolDescription',
			type: 'string',
			default: description.description,
			displayOptions: { show: { descriptionType: ['manual'] } },
		},
	);
	const tool: INodeType = Object.create(nodeType) as INodeType;
	tool.description = description;
	return tool;
}

/** The node types that n8n knows: those of the package, and the few around the tested node. */
export class EngineNodeTypes implements INodeTypes {
	private readonly types = new Map<string, INodeType | IVersionedNodeType>();
	private readonly nodePackage: NodePackage;

	constructor(nodePackage: NodePackage) {
		this.nodePackage = nodePackage;
		this.types.set(START_NODE_TYPE, startNode);
		for (const [name, type] of nodePackage.nodes) {
			this.types.set(`${nodePackage.name}.${name}`, type);
		}
	}

	add(name: string, type: INodeType): void {
		this.types.set(name, type);
	}

	/**
	 * Full type name of a node, with or without the package's prefix.
	 *
	 * @throws RequestError if the package has no such node
	 */
	resolve(name: string): string {
		const short = name.startsWith(`${this.nodePackage.name}.`)
			? name.slice(this.nodePackage.name.length + 1)
			: name;
		if (!this.nodePackage.nodes.has(short)) {
			const known = [...this.nodePackage.nodes.keys()].join(', ');
			throw new RequestError(`There is no node "${name}" in this package. It has: ${known}.`);
		}
		return `${this.nodePackage.name}.${short}`;
	}

	getByName(name: string): INodeType | IVersionedNodeType {
		const type = this.types.get(name);
		if (type === undefined) throw new RequestError(`Unknown node type "${name}".`);
		return type;
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return n8nWorkflow.NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes(): Record<string, never> {
		return {};
	}

	/**
	 * The requested version, by default the one that the editor gives to new nodes.
	 *
	 * @throws RequestError if the node has no such version
	 */
	version(name: string, wanted: number | undefined): number {
		const type = this.getByName(name);
		const versions =
			'nodeVersions' in type
				? Object.keys(type.nodeVersions).map(Number)
				: [type.description.version].flat();
		if (wanted !== undefined) {
			if (versions.includes(wanted)) return wanted;
			throw new RequestError(`"${name}" has no version ${wanted}; it has ${versions.join(', ')}.`);
		}
		const fallback = Math.max(...versions);
		return type.description.defaultVersion ?? fallback;
	}
}
