// The smallest site around Indiekit's Micropub endpoints: files, lists in JSON, fixed tokens.
//   node micropub-host.mjs FOLDER PORT MODULES
// Parsing, post data, updates, media, queries and replies are Indiekit's; the check of the token, the envelope of
// errors, the store and the page are ours.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

const [, , folder, port, modules] = process.argv;
const require = createRequire(modules + '/');
const {default: express} = await import(require.resolve('express'));
const {MicropubEndpoint} = await import(`${modules}/node_modules/@indiekit/endpoint-micropub/index.js`);
const {MediaEndpoint} = await import(`${modules}/node_modules/@indiekit/endpoint-media/index.js`);

const me = `http://127.0.0.1:${port}`;
const www = path.join(folder, 'www');
const scopes = {full: 'create update delete undelete media', 'create-only': 'create media', 'draft-only': 'draft'};
scopes['pla"n<t>&%ed+7f3a9/'] = scopes.full;
const types = ['article', 'note', 'photo', 'audio', 'video', 'bookmark', 'event', 'like', 'reply', 'repost', 'rsvp',
  'jam', 'watch', 'collection', 'checkin'];

fs.mkdirSync(www, {recursive: true});

// As much of a MongoDB collection as Indiekit asks for.
function collection(file) {
  let all = [];
  const save = () => fs.writeFileSync(file, JSON.stringify(all));
  const is = (entry, query) => entry.properties.url === query['properties.url'];
  const cursor = entries => ({map: change => cursor(entries.map(change)), toArray: async () => entries});

  return {
    find: () => cursor(structuredClone(all)),
    findOne: async query => structuredClone(all.findLast(entry => is(entry, query)) ?? null),
    async insertOne(entry) {
      all.push(entry);
      save();
    },
    async replaceOne(query, entry) {
      all = all.map(old => is(old, query) ? entry : old);
      save();
    },
  };
}

const place = name => path.join(www, path.normalize('/' + name));
const store = {
  async createFile(name, content) {
    fs.mkdirSync(path.dirname(place(name)), {recursive: true});
    fs.writeFileSync(place(name), content);
    return true;
  },
  updateFile: (name, content) => store.createFile(name, content),
  async deleteFile(name) {
    fs.rmSync(place(name));
    return true;
  },
};

const escapes = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
const escape = text => String(text ?? '').replace(/[&<>"]/g, letter => escapes[letter]);
const photo = ({url, alt}) => `<img class="u-photo" src="${escape(url)}" alt="${escape(alt)}">`;
const postTemplate = post => `<!doctype html><meta charset=utf-8><title>${escape(post.name)}</title>
<article class="h-entry"><h1 class="p-name">${escape(post.name)}</h1><a class="u-url" href="${escape(post.url)}"></a>
<time class="dt-published" datetime="${escape(post.published)}"></time><p class="p-summary">${escape(post.summary)}</p>
<div class="e-content">${post.content?.html ?? ''}</div>${(post.photo ?? []).map(photo).join('')}
${[post.category ?? []].flat().map(name => `<i class="p-category">${escape(name)}</i>`).join('')}</article>`;

const fail = (response, status, error, text) => response.status(status).json({error, error_description: text});

const postType = type => ({
  type,
  name: type,
  post: {path: `${type}/{slug}.html`, url: `${type}/{slug}.html`},
  media: {path: 'media/{filename}', url: 'media/{filename}'},
});

const publication = {
  me,
  timeZone: 'UTC',
  slugSeparator: '-',
  categories: ['energy', 'climate'],
  syndicationTargets: [],
  postTypes: types.map(postType),
  posts: collection(path.join(folder, 'posts.json')),
  media: collection(path.join(folder, 'media.json')),
  store,
  storeMessageTemplate: data => data.action,
  postTemplate,
  mediaEndpoint: me + '/media',
  micropubEndpoint: me + '/micropub',
};

const indieauth = site => (request, response, next) => {
  const token = (request.headers.authorization ?? '').replace(/^Bearer /, '') || request.body?.access_token;

  if (!token) return fail(response, 401, 'unauthorized', 'No bearer token provided');
  if (!scopes[token]) return fail(response, 403, 'forbidden', 'Unknown token');
  site.bearerToken = token;
  site.accessToken = {me, scope: scopes[token]};
  next();
};

const application = {
  url: me,
  hasDatabase: true,
  middleware: {indieauth, authenticate: (request, response, next) => next()},
};

const app = express();

app.use(express.urlencoded({extended: true, limit: '5mb'}));
app.use(express.json({limit: '5mb'}));
app.use((request, response, next) => {
  response.locals.application = application;
  next();
});
app.get('/', (request, response) => response
  .set('Link', `<${me}/micropub>; rel="micropub"`)
  .send('<!doctype html><link rel="micropub" href="/micropub">Partner'));
app.use('/micropub', new MicropubEndpoint().routes(application, publication));
app.use('/media', new MediaEndpoint().routes(application, publication));
app.use(express.static(www));
app.use((error, request, response, next) => response.status(error.status ?? 500).json({
  error: {400: 'invalid_request', 401: 'insufficient_scope'}[error.status] ?? 'server_error',
  error_description: error.message,
  scope: error.scope,
}));
app.listen(port, '127.0.0.1');
