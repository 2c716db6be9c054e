// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/formdriver.h"

#include <vector>

/// What a person does to one field of a form.
struct Step
{
    enum class How { Type, Paste, Choose, Toggle, Clear };

    How how;
    QString field;
    QString value = {};
};

using Steps = std::vector<Step>;

Q_DECLARE_METATYPE(Step)
Q_DECLARE_METATYPE(Steps)

inline void take(FormDriver &driver, const Steps &steps)
{
    for (const Step &step : steps) {
        switch (step.how) {
        case Step::How::Type:
            driver.type(step.field, step.value);
            break;
        case Step::How::Paste:
            driver.paste(step.field, step.value);
            break;
        case Step::How::Choose:
            driver.choose(step.field, step.value);
            break;
        case Step::How::Toggle:
            driver.toggle(step.field);
            break;
        case Step::How::Clear:
            driver.clear(step.field);
            break;
        }
    }
}
