// A mailbox without locks: many threads put mail in, one takes everything out. Producers push onto
// an intrusive stack with one compare-and-swap; the consumer takes the whole stack with one
// exchange and turns it round, so mail of one producer keeps its order. Taking all at once is what
// makes the stack safe: nobody ever unlinks a single node that another thread may be looking at (no
// ABA).
#pragma once

#include <atomic>
#include <memory>
#include <utility>

namespace gateway {

// Mail derives from this.
template <class T>
struct MailNode {
    T* next_mail = nullptr;
};

// A taken batch, oldest first. Owns its mail.
template <class T>
class MailList {
public:
    MailList() = default;
    explicit MailList(T* first) : first_(first) {}
    MailList(MailList&& other) noexcept : first_(std::exchange(other.first_, nullptr)) {}
    MailList& operator=(MailList&& other) noexcept
    {
        std::swap(first_, other.first_);
        return *this;
    }
    ~MailList()
    {
        while (pop()) {
        }
    }

    bool empty() const { return first_ == nullptr; }

    // The oldest, or nothing.
    std::unique_ptr<T> pop()
    {
        T* const oldest = first_;
        if (oldest == nullptr) return nullptr;
        first_ = oldest->next_mail;
        oldest->next_mail = nullptr;
        return std::unique_ptr<T>(oldest);
    }

private:
    T* first_ = nullptr;
};

template <class T>
class Mailbox {
public:
    Mailbox() = default;
    Mailbox(Mailbox const&) = delete;
    Mailbox& operator=(Mailbox const&) = delete;
    ~Mailbox() { take(); }

    // Any thread. True when the box was empty: then, and only then, the caller wakes the consumer.
    [[nodiscard]] bool push(std::unique_ptr<T> mail) noexcept
    {
        T* const node = mail.release();
        T* top = top_.load(std::memory_order_relaxed);
        do node->next_mail = top;
        while (!top_.compare_exchange_weak(
            top, node, std::memory_order_release, std::memory_order_relaxed));
        return top == nullptr;
    }

    // The consumer: everything that has been pushed, oldest first.
    MailList<T> take() noexcept
    {
        T* newest = top_.exchange(nullptr, std::memory_order_acquire);
        T* oldest = nullptr;
        while (newest) {
            T* const older = newest->next_mail;
            newest->next_mail = oldest;
            oldest = newest;
            newest = older;
        }
        return MailList<T>(oldest);
    }

private:
    std::atomic<T*> top_{nullptr};
};

}
