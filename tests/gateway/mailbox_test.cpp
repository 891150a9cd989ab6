#include "server/gateway/mailbox.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

namespace {

struct Letter : gateway::MailNode<Letter> {
    Letter(std::size_t s, std::size_t n) : sender(s), number(n) { ++alive; }
    ~Letter() { --alive; }
    Letter(Letter const&) = delete;
    Letter& operator=(Letter const&) = delete;

    std::size_t sender;
    std::size_t number;
    inline static std::atomic<int> alive{0};
};

std::vector<std::size_t> numbers_of(gateway::MailList<Letter> list)
{
    std::vector<std::size_t> numbers;
    while (auto const letter = list.pop()) numbers.push_back(letter->number);
    return numbers;
}

}

TEST_SUITE("mailbox")
{
    TEST_CASE("mail comes out in the order in which it was put in")
    {
        gateway::Mailbox<Letter> box;
        for (std::size_t i = 0; i < 3; ++i) (void)box.push(std::make_unique<Letter>(0, i));
        CHECK(numbers_of(box.take()) == std::vector<std::size_t>{0, 1, 2});
        CHECK(box.take().empty());
    }

    TEST_CASE("only the first letter in an empty box wakes the reader")
    {
        gateway::Mailbox<Letter> box;
        CHECK(box.push(std::make_unique<Letter>(0, 0)));
        CHECK_FALSE(box.push(std::make_unique<Letter>(0, 1)));
        box.take();
        CHECK(box.push(std::make_unique<Letter>(0, 2)));
    }

    TEST_CASE("mail that nobody takes is thrown away with the box")
    {
        {
            gateway::Mailbox<Letter> box;
            (void)box.push(std::make_unique<Letter>(0, 0));
            (void)box.push(std::make_unique<Letter>(0, 1));
            auto taken = box.take();
            (void)taken.pop();
            (void)box.push(std::make_unique<Letter>(0, 2));
        }
        CHECK(Letter::alive == 0);
    }

    TEST_CASE("several senders lose nothing, and each one's mail keeps its order")
    {
        constexpr std::size_t senders = 4;
        constexpr std::size_t letters_each = 50'000;
        gateway::Mailbox<Letter> box;
        std::atomic<std::size_t> wakes{0};
        std::vector<std::thread> threads;
        for (std::size_t s = 0; s < senders; ++s)
            threads.emplace_back([&, s] {
                for (std::size_t n = 0; n < letters_each; ++n)
                    if (box.push(std::make_unique<Letter>(s, n))) ++wakes;
            });
        std::array<std::size_t, senders> expected{};
        std::size_t total = 0;
        std::size_t batches = 0;
        while (total < senders * letters_each) {
            auto list = box.take();
            if (list.empty()) {
                std::this_thread::yield();
                continue;
            }
            ++batches;
            while (auto const letter = list.pop()) {
                REQUIRE(letter->number == expected.at(letter->sender)++);
                ++total;
            }
        }
        for (auto& thread : threads) thread.join();
        // One wake for each time that the box went from empty to full: none is missed, none is
        // double.
        CHECK(wakes == batches);
        CHECK(Letter::alive == 0);
    }
}
