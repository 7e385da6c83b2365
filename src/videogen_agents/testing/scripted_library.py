"""What the scripted server has besides jobs and files: account, voices, languages, entities, text, chats, webhooks."""

from __future__ import annotations

from videogen_agents.contract import (
    ActorConfig,
    AddEntityReferenceRequest,
    ArchiveEntityResponse,
    AssistantChat,
    AssistantMessageResponse,
    AssistantReply,
    CreateEntityRequest,
    CreateWebhookEndpointRequest,
    Entity,
    EntityPage,
    GenerateTextRequest,
    GenerateTextResponse,
    ListEntitiesQuery,
    ListLanguagesQuery,
    ListLanguagesResponse,
    ListTtsVoicesQuery,
    Me,
    PageQuery,
    RemoveEntityReferenceRequest,
    StartAssistantChatResponse,
    TtsVoicePage,
    UpdateEntityRequest,
    UserMessage,
    WebhookEndpoint,
    WebhookEndpointPage,
)
from videogen_agents.testing.paging import page
from videogen_agents.testing.scripted_state import (
    MADE_AT,
    Handler,
    Record,
    RefusedError,
    ScriptedCall,
    ScriptedState,
    found,
    new_id_of,
    not_found,
)

VOICES: list[Record] = [
    {
        "voiceId": f"vg_voic_{name.lower()}",
        "languageCode": "en-US",
        "displayName": name,
        "displayGender": "FEMALE",
        "accent": None,
        "description": "calm",
        "supportsDirectToolExecution": True,
        "supportsAllLanguages": True,
        "isDeprecated": False,
    }
    for name in ("Ada", "Grace")
]
LANGUAGES: list[Record] = [
    {"languageCode": "de", "name": "German"},
    {"languageCode": "en", "name": "English"},
    {"languageCode": "es", "name": "Spanish"},
]
BUILT_IN_ACTOR: Record = {
    "entityId": "vg_enti_mia",
    "entityType": "ACTOR",
    "name": "Mia",
    "description": "",
    "actorConfig": {"hasVoice": True, "hasAvatarPresenter": True, "voiceDisplayName": "Ada"},
    "references": [],
    "createdAt": MADE_AT,
    "updatedAt": MADE_AT,
    "isBuiltIn": True,
}


def _matching(records: list[Record], query: str | None, *names: str) -> list[Record]:
    wanted = (query or "").casefold()
    return [one for one in records if any(wanted in str(one[name]).casefold() for name in names)]


def me(_state: ScriptedState, _call: ScriptedCall) -> Me:
    return Me(
        api_key_id="vg_key_0001",
        api_key_nickname="test",
        email="person@example.com",
        display_name=None,
        team_id="vg_team_0001",
    )


def voices(_state: ScriptedState, call: ScriptedCall) -> TtsVoicePage:
    query = call.query
    assert isinstance(query, ListTtsVoicesQuery)
    records, more, cursor = page(_matching(VOICES, query.query, "displayName", "languageCode"), query)
    return TtsVoicePage.model_validate({"ttsVoices": records, "hasMore": more, "nextCursor": cursor})


def languages(_state: ScriptedState, call: ScriptedCall) -> ListLanguagesResponse:
    query = call.query
    assert isinstance(query, ListLanguagesQuery)
    return ListLanguagesResponse.model_validate(
        {"languages": _matching(LANGUAGES, query.query, "name", "languageCode")}
    )


def generate_text(_state: ScriptedState, call: ScriptedCall) -> GenerateTextResponse:
    assert isinstance(call.request, GenerateTextRequest)
    return GenerateTextResponse(text=f"Text for: {call.request.prompt}"[: call.request.max_output_tokens])


# Entities


def _own_entity(state: ScriptedState, call: ScriptedCall) -> Record:
    if call.ids["entityId"] == BUILT_IN_ACTOR["entityId"]:
        raise RefusedError(403, "A built-in entity cannot be changed.", "not_authorized")
    record = found(state.entities, "entityId", call.ids["entityId"], "entity")
    if record["archived"]:
        raise not_found("entity")
    return record


def _changed(record: Record) -> Entity:
    record["updatedAt"] += 1
    return Entity.model_validate(record)


def list_entities(state: ScriptedState, call: ScriptedCall) -> EntityPage:
    query = call.query
    assert isinstance(query, ListEntitiesQuery)
    own = [one for one in reversed(state.entities) if not one["archived"]]
    shown = [one for one in (BUILT_IN_ACTOR, *own) if query.entity_type in (None, one["entityType"])]
    records, more, cursor = page(shown, query)
    return EntityPage(entities=[Entity.model_validate(one) for one in records], has_more=more, next_cursor=cursor)


def create_entity(state: ScriptedState, call: ScriptedCall) -> Entity:
    request = call.request
    assert isinstance(request, CreateEntityRequest)
    actor = ActorConfig(has_voice=False, has_avatar_presenter=False)
    record: Record = {
        "entityId": new_id_of("enti", len(state.entities)),
        "entityType": request.entity_type.value,
        "name": request.name,
        "description": request.description or "",
        "actorConfig": actor if request.entity_type.value == "ACTOR" else None,
        "references": [],
        "createdAt": MADE_AT + len(state.entities),
        "updatedAt": MADE_AT + len(state.entities),
        "isBuiltIn": False,
        "archived": False,
        "body": call.body,
    }
    state.entities.append(record)
    return Entity.model_validate(record)


def get_entity(state: ScriptedState, call: ScriptedCall) -> Entity:
    if call.ids["entityId"] == BUILT_IN_ACTOR["entityId"]:
        return Entity.model_validate(BUILT_IN_ACTOR)
    return Entity.model_validate(_own_entity(state, call))


def update_entity(state: ScriptedState, call: ScriptedCall) -> Entity:
    assert isinstance(call.request, UpdateEntityRequest)
    record = _own_entity(state, call)
    if call.request.name is not None:
        record["name"] = call.request.name
    if call.request.description is not None:
        record["description"] = call.request.description
    return _changed(record)


def archive_entity(state: ScriptedState, call: ScriptedCall) -> ArchiveEntityResponse:
    record = _own_entity(state, call)
    record["archived"] = True
    return ArchiveEntityResponse(entity_id=record["entityId"])


def add_reference(state: ScriptedState, call: ScriptedCall) -> Entity:
    request = call.request
    assert isinstance(request, AddEntityReferenceRequest)
    record = _own_entity(state, call)
    state.file(request.file_id)
    others: list[Record] = [one for one in record["references"] if one["fileId"] != request.file_id]
    if request.is_default:
        others = [{**one, "isDefault": False} for one in others]
    added = {"fileId": request.file_id, "description": request.description or "", "isDefault": request.is_default}
    record["references"] = [*others, added]
    return _changed(record)


def remove_reference(state: ScriptedState, call: ScriptedCall) -> Entity:
    assert isinstance(call.request, RemoveEntityReferenceRequest)
    record = _own_entity(state, call)
    found(record["references"], "fileId", call.request.file_id, "reference")
    record["references"] = [one for one in record["references"] if one["fileId"] != call.request.file_id]
    return _changed(record)


# Assistant chats


def _add_exchange(state: ScriptedState, chat: Record, text: str) -> str:
    ids = [new_id_of("mesg", len(state.messages) + index) for index in range(2)]
    asked = {"messageId": ids[0], "role": "user", "content": text, "createdAt": MADE_AT, "chat": chat}
    state.messages += [asked, {**asked, "messageId": ids[1], "role": "assistant", "content": f"About: {text}"}]
    return ids[1]


def start_chat(state: ScriptedState, call: ScriptedCall) -> StartAssistantChatResponse:
    project = state.add_project({"script": call.body["message"]})
    project["assistantId"] = f"vg_asst_{project['projectId'].rpartition('_')[2]}"
    return StartAssistantChatResponse.model_validate(
        {**project, "messageId": _add_exchange(state, project, call.body["message"])}
    )


def _chat(state: ScriptedState, assistant_id: str) -> Record:
    return found(state.projects, "assistantId", assistant_id, "assistant")


def _message(state: ScriptedState, record: Record, *, read: bool) -> UserMessage | AssistantReply:
    if record["role"] == "user":
        return UserMessage.model_validate({**record, "status": "succeeded"})
    status = state.read_job(record["messageId"]) if read else state.job_status(record["messageId"])
    content = record["content"] if status == "succeeded" else None
    return AssistantReply.model_validate(
        {**record, "status": status, "content": content, "error": state.job_error(status)}
    )


def get_chat(state: ScriptedState, call: ScriptedCall) -> AssistantChat:
    chat = _chat(state, call.ids["assistantId"])
    messages = [_message(state, one, read=False) for one in state.messages if one["chat"] is chat]
    return AssistantChat.model_validate({**chat, "messages": messages})


def send_message(state: ScriptedState, call: ScriptedCall) -> AssistantMessageResponse:
    chat = _chat(state, call.ids["assistantId"])
    return AssistantMessageResponse(message_id=_add_exchange(state, chat, call.body["message"]))


def act(state: ScriptedState, call: ScriptedCall) -> AssistantMessageResponse:
    chat = _chat(state, call.ids["assistantId"])
    return AssistantMessageResponse(message_id=_add_exchange(state, chat, f"action {call.ids['actionId']}"))


def get_message(state: ScriptedState, call: ScriptedCall) -> UserMessage | AssistantReply:
    return _message(state, found(state.messages, "messageId", call.ids["messageId"], "message"), read=True)


# Webhook endpoints


def list_endpoints(state: ScriptedState, call: ScriptedCall) -> WebhookEndpointPage:
    assert isinstance(call.query, PageQuery)
    records, more, cursor = page(list(reversed(state.endpoints)), call.query)
    return WebhookEndpointPage.model_validate({"endpoints": records, "hasMore": more, "nextCursor": cursor})


def create_endpoint(state: ScriptedState, call: ScriptedCall) -> WebhookEndpoint:
    assert isinstance(call.request, CreateWebhookEndpointRequest)
    secret = "whsec_" + "c2NyaXB0ZWQtc2VjcmV0LW9mLTI0LWJ5dGVz"
    record: Record = {
        **call.request.to_wire(),
        "endpointId": f"ep_{len(state.endpoints) + 1:04}",
        "createdAt": MADE_AT,
        "signingSecretLast4": secret[-4:],
    }
    state.endpoints.append(record)
    return WebhookEndpoint.model_validate({**record, "signingSecret": secret})


def delete_endpoint(state: ScriptedState, call: ScriptedCall) -> None:
    state.endpoints.remove(found(state.endpoints, "endpointId", call.ids["endpointId"], "endpoint"))


HANDLERS: dict[str, Handler] = {
    "getMe": me,
    "listTtsVoices": voices,
    "listLanguages": languages,
    "generateText": generate_text,
    "listEntities": list_entities,
    "createEntity": create_entity,
    "getEntity": get_entity,
    "updateEntity": update_entity,
    "archiveEntity": archive_entity,
    "addEntityReference": add_reference,
    "removeEntityReference": remove_reference,
    "startAssistantChat": start_chat,
    "getAssistant": get_chat,
    "sendAssistantMessage": send_message,
    "actOnAssistantAction": act,
    "getAssistantMessage": get_message,
    "listWebhookEndpoints": list_endpoints,
    "createWebhookEndpoint": create_endpoint,
    "deleteWebhookEndpoint": delete_endpoint,
}
