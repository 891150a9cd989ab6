#include "server/admin/rpc.hpp"

#include "server/admin/json_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <memory>
#include <mutex>
#include <utility>

namespace admin {
namespace {

Fault no_request(std::string field, std::string rule)
{
    return Fault{ErrorCode::no_request, std::move(field), std::move(rule)};
}

// Null, text and numbers are ids (section 4); they are echoed as they came.
bool is_id(boost::json::value const& json)
{
    return json.is_null() || json.is_string() || json.is_number();
}

Item parse_item(boost::json::value& json)
{
    auto* object = json.if_object();
    if (object == nullptr) return BadRequest{"null", no_request("", "an object")};
    Request request;
    if (auto const* id = object->if_contains("id")) {
        if (!is_id(*id)) return BadRequest{"null", no_request("id", "text, a number or null")};
        request.id = json_text(*id);
    }
    std::optional<std::string> const id_or_null = request.id.value_or("null");
    auto const* version = object->if_contains("jsonrpc");
    if (version == nullptr || *version != "2.0") {
        return BadRequest{id_or_null, no_request("jsonrpc", "\"2.0\"")};
    }
    auto const* method = object->if_contains("method");
    if (method == nullptr || !method->is_string()) {
        return BadRequest{id_or_null, no_request("method", "the name of a method")};
    }
    request.method = method->get_string();
    if (auto* params = object->if_contains("params")) {
        if (params->is_object()) {
            request.params = std::move(params->get_object());
        } else if (!params->is_array()) {
            return BadRequest{id_or_null, no_request("params", "an object")};
        } else if (!params->get_array().empty()) {
            // Lawful JSON-RPC, but our parameters have names and no order.
            Fault fault{ErrorCode::bad_parameters, "params", "an object: parameters have names"};
            return BadRequest{request.id, std::move(fault)};
        }
    }
    return request;
}

Message single(BadRequest bad)
{
    Message message;
    message.items.emplace_back(std::move(bad));
    return message;
}

std::string error_json(Fault const& fault)
{
    JsonObject error;
    error.integer("code", static_cast<int>(fault.code)).text("message", message_of(fault.code));
    if (!fault.field.empty() || !fault.rule.empty()) {
        JsonObject data;
        if (!fault.field.empty()) data.text("field", fault.field);
        if (!fault.rule.empty()) data.text("rule", fault.rule);
        error.raw("data", data.str());
    }
    return error.str();
}

// Runs one item; `done` gets what to answer, with an empty text for nothing.
void run_item(Item&& item, Run const& run, std::function<void(Answer)> done)
{
    auto const answer_to = [](std::optional<std::string> const& id, Outcome const& outcome) {
        Answer answer;
        if (id) answer.text = response_text(*id, outcome);
        if (auto const* fault = std::get_if<Fault>(&outcome)) answer.fault = fault->code;
        return answer;
    };
    if (auto const* bad = std::get_if<BadRequest>(&item)) {
        done(answer_to(bad->id, bad->fault));
        return;
    }
    auto& request = std::get<Request>(item);
    auto id = request.id;
    run(std::move(request), [answer_to, id = std::move(id), done = std::move(done)](
                                Outcome const& outcome) { done(answer_to(id, outcome)); });
}

// Collects the answers of a batch, which come on any thread.
struct Batch {
    std::mutex mutex;
    std::size_t missing = 0;
    std::vector<std::string> texts;  // in the order of completion, as section 6 allows
    std::function<void(Answer)> answer;

    // `text` is empty for what is not answered. The last one answers for all.
    void add(std::string text)
    {
        std::vector<std::string> all;
        {
            std::lock_guard const lock(mutex);
            if (!text.empty()) texts.push_back(std::move(text));
            if (--missing != 0) return;
            all = std::move(texts);
        }
        auto const same = [](std::string const& one) { return one; };
        answer(Answer{all.empty() ? std::string() : json_array(all, same), std::nullopt});
    }
};

}

Message parse_message(std::string_view text)
{
    boost::system::error_code error;
    auto json = boost::json::parse({text.data(), text.size()}, error);
    if (error) return single({"null", Fault{ErrorCode::no_json, "", error.message()}});
    Message message;
    if (auto* list = json.if_array()) {
        if (list->empty()) return single({"null", no_request("", "a batch has calls in it")});
        if (list->size() > most_calls_in_batch) {
            return single({"null",
                no_request("", "at most " + std::to_string(most_calls_in_batch) + " in a batch")});
        }
        message.batch = true;
        for (auto& item : *list) message.items.push_back(parse_item(item));
    } else {
        message.items.push_back(parse_item(json));
    }
    return message;
}

std::string response_text(std::string_view id, Outcome const& outcome)
{
    JsonObject response;
    response.text("jsonrpc", "2.0").raw("id", id);
    if (auto const* fault = std::get_if<Fault>(&outcome)) {
        response.raw("error", error_json(*fault));
    } else {
        response.raw("result", std::get<std::string>(outcome));
    }
    return response.str();
}

std::string notification_text(std::string_view method, std::string_view params)
{
    JsonObject notification;
    notification.text("jsonrpc", "2.0").text("method", method).raw("params", params);
    return notification.str();
}

void run_message(Message message, Run const& run, std::function<void(Answer)> const& answer)
{
    if (!message.batch) {
        run_item(std::move(message.items.front()), run, answer);
        return;
    }
    auto batch = std::make_shared<Batch>();
    batch->missing = message.items.size();
    batch->answer = answer;
    for (auto& item : message.items) {
        run_item(std::move(item), run, [batch](Answer one) { batch->add(std::move(one.text)); });
    }
}

}
