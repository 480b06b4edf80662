// A server of both eras of MCP over HTTP with what the conformance suite looks for; argument: the port, 0 for any. Prints the port.
import { createServer } from 'node:http';
import { toNodeHandler, localhostHostValidation } from '@modelcontextprotocol/node';
import { McpServer, ResourceTemplate, createMcpHandler } from '@modelcontextprotocol/server';
import { z } from 'zod';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const WAV = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';
const text = value => ({ type: 'text', text: value });
const image = { type: 'image', data: PIXEL, mimeType: 'image/png' };
const embedded = { type: 'resource', resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text: 'This is an embedded resource content.' } };

function server() {
    const server = new McpServer({ name: 'conformance', version: '1.0.0' }, { capabilities: { logging: {} } });
    const tool = (name, content) => server.registerTool(name, { description: name }, async () => ({ content }));
    tool('test_simple_text', [text('This is a simple text response for testing.')]);
    tool('test_image_content', [image]);
    tool('test_audio_content', [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }]);
    tool('test_embedded_resource', [embedded]);
    tool('test_multiple_content_types', [text('Multiple content types test:'), image, { type: 'resource', resource: { uri: 'test://mixed-content-resource', mimeType: 'application/json', text: '{"test":"data","value":123}' } }]);
    server.registerTool('test_error_handling', { description: 'Fails.' }, async () => {
        throw new Error('This tool intentionally returns an error for testing');
    });
    const resource = (name, uri, contents, mimeType) => server.registerResource(name, uri, { mimeType }, async at => ({ contents: [{ uri: at.href, mimeType, ...contents }] }));
    resource('static-text', 'test://static-text', { text: 'This is the content of the static text resource.' }, 'text/plain');
    resource('static-binary', 'test://static-binary', { blob: PIXEL }, 'image/png');
    server.registerResource('template', new ResourceTemplate('test://template/{id}/data', { list: undefined }), { mimeType: 'application/json' }, async (at, { id }) => ({
        contents: [{ uri: at.href, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }) }]
    }));
    const says = (...content) => ({ messages: content.map(part => ({ role: 'user', content: part })) });
    server.registerPrompt('test_simple_prompt', { description: 'Simple.' }, async () => says(text('This is a simple prompt for testing.')));
    server.registerPrompt('test_prompt_with_arguments', { description: 'With arguments.', argsSchema: z.object({ arg1: z.string(), arg2: z.string() }) }, async ({ arg1, arg2 }) => says(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)));
    server.registerPrompt('test_prompt_with_embedded_resource', { description: 'Embedded.', argsSchema: z.object({ resourceUri: z.string() }) }, async ({ resourceUri }) => says({ type: 'resource', resource: { uri: resourceUri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' } }, text('Please process the embedded resource above.')));
    server.registerPrompt('test_prompt_with_image', { description: 'Image.' }, async () => says(image, text('Please analyze the image above.')));
    return server;
}

const handle = toNodeHandler(createMcpHandler(() => server()));
createServer((request, response) => handle(request, response)).listen(Number(process.argv[2]), '127.0.0.1', function () {
    console.log(this.address().port);
});
